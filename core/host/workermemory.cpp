// SPDX-License-Identifier: MIT
#include "workermemory.h"

#include <array>
#include <charconv>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace Fanfare {

static constexpr qint64 longTask = 1'000'000;      // ns
static constexpr qint64 longestPause = 10'000'000; // ns
static constexpr quint32 notableFall = 4 * 1024;   // KiB

WorkerMemory::WorkerMemory()
    : m_status(open("/proc/self/status", O_RDONLY | O_CLOEXEC))
    , m_restart(open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC))
{
    look();
}

WorkerMemory::~WorkerMemory()
{
    close(m_status);
    close(m_restart);
}

MemoryFigures WorkerMemory::afterTask(qint64 started, qint64 finished)
{
    std::lock_guard lock(m_mutex);
    if (finished - started >= longTask || finished - m_looked >= longestPause) {
        look();
        m_looked = finished;
    }
    return m_figures;
}

/// The number behind \a key, such as "VmRSS:"; 0 when it is not there.
static quint32 numberOf(std::string_view status, std::string_view key)
{
    size_t at = status.find(key);
    if (at == std::string_view::npos)
        return 0;
    at = status.find_first_of("0123456789", at);
    quint32 number = 0;
    if (at != std::string_view::npos)
        std::from_chars(status.data() + at, status.data() + status.size(), number);
    return number;
}

void WorkerMemory::look()
{
    std::array<char, 4096> text;
    const ssize_t count = pread(m_status, text.data(), text.size(), 0);
    if (count <= 0)
        return;
    const std::string_view status(text.data(), size_t(count));
    m_figures = {numberOf(status, "VmRSS:"), numberOf(status, "VmHWM:")};
    // "5" lets the peak start again from what there is, so that it belongs to the next tasks only.
    if (m_figures.peak > m_figures.now + notableFall)
        (void)!pwrite(m_restart, "5", 1, 0);
}

} // namespace Fanfare
