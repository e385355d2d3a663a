// SPDX-License-Identifier: MIT
#include "desktop/models/pagetoucher.h"

#include <algorithm>

#include <sys/mman.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 // since Linux 5.14; others refuse it
#endif

namespace Fanfare {

static constexpr size_t step = size_t(2) << 20; // a huge page

PageToucher::PageToucher()
    : m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

PageToucher::~PageToucher() = default;

void PageToucher::touch(std::byte *begin, size_t bytes)
{
    {
        const std::lock_guard lock(m_mutex);
        m_ranges.push_back({begin, bytes});
    }
    m_hasMore.notify_one();
}

void PageToucher::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        std::unique_lock lock(m_mutex);
        if (!m_hasMore.wait(lock, stop, [this] { return !m_ranges.empty(); }))
            return;
        Range &next = m_ranges.front();
        const Range piece{next.begin, std::min(step, next.bytes)};
        next = {next.begin + piece.bytes, next.bytes - piece.bytes};
        if (next.bytes == 0)
            m_ranges.erase(m_ranges.begin());
        lock.unlock();
        madvise(piece.begin, piece.bytes, MADV_POPULATE_WRITE); // or its user waits
    }
}

} // namespace Fanfare
