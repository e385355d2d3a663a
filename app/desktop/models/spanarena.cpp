// SPDX-License-Identifier: MIT
#include "desktop/models/spanarena.h"

#include <algorithm>

#include <sanitizer/asan_interface.h>
#include <sys/mman.h>

namespace Fanfare {

static constexpr size_t roundedUp(size_t bytes, size_t grain)
{
    return (bytes + grain - 1) / grain * grain;
}

SpanArena::~SpanArena()
{
    m_toucher.reset();
    for (const Range &region : m_regions) {
        ASAN_UNPOISON_MEMORY_REGION(region.begin, region.bytes);
        munmap(region.begin, region.bytes);
    }
}

void *SpanArena::take(size_t wanted)
{
    const size_t bytes = roundedUp(std::max<size_t>(1, wanted), grain);
    m_bytes += bytes;
    std::byte *piece = nullptr;
    if (bytes <= mostSmall && !m_small[bytes / grain].empty()) {
        piece = static_cast<std::byte *>(m_small[bytes / grain].back());
        m_small[bytes / grain].pop_back();
    } else if (reuse(bytes)) {
        piece = cut(m_used, bytes);
    } else {
        if (m_fresh.bytes < bytes)
            addRegion(bytes);
        piece = cut(m_fresh, bytes);
    }
    ASAN_UNPOISON_MEMORY_REGION(piece, bytes);
    return piece;
}

void SpanArena::giveBack(void *piece, size_t given)
{
    if (!piece)
        return;
    const size_t bytes = roundedUp(std::max<size_t>(1, given), grain);
    m_bytes -= bytes;
    ASAN_POISON_MEMORY_REGION(piece, bytes);
    if (bytes <= mostSmall)
        m_small[bytes / grain].push_back(piece);
    else
        m_spare.push_back({static_cast<std::byte *>(piece), bytes});
}

std::byte *SpanArena::cut(Range &range, size_t bytes)
{
    std::byte *piece = range.begin;
    range = {range.begin + bytes, range.bytes - bytes};
    return piece;
}

/// What is left of \a range is spare; the smallest leftovers are lost.
void SpanArena::keep(const Range &range)
{
    if (range.bytes > mostSmall)
        m_spare.push_back(range);
}

/// Whether m_used has room for \a bytes, if need be a spare range that somebody gave back.
bool SpanArena::reuse(size_t bytes)
{
    if (m_used.bytes >= bytes)
        return true;
    const auto fits = [bytes](const Range &range) { return range.bytes >= bytes; };
    const auto found = std::ranges::find_if(m_spare, fits);
    if (found == m_spare.end())
        return false;
    const Range former = std::exchange(m_used, *found);
    m_spare.erase(found);
    keep(former);
    return true;
}

/// Makes m_fresh a range of at least \a bytes.
void SpanArena::addRegion(size_t bytes)
{
    keep(m_fresh);
    if (bytes > hugePage) { // a long list: for itself
        m_fresh = map(roundedUp(bytes, hugePage));
        return;
    }
    const size_t usual = std::max(m_mapped, smallestRegion); // twice as much each time
    m_fresh = m_next.bytes > 0 ? std::exchange(m_next, Range())
        : usual < hugePage     ? map(std::max(usual, roundedUp(bytes, smallestRegion)))
                               : map(hugePage);
    if (m_mapped >= hugePage)
        mapAhead();
}

void SpanArena::mapAhead()
{
    constexpr size_t large = 16 * hugePage; // the rest of a region is nothing beside it
    m_next = map(m_mapped < large ? hugePage : hugeRegion);
    if (!m_toucher)
        m_toucher = std::make_unique<PageToucher>();
    m_toucher->touch(m_next.begin, m_next.bytes);
}

/// New memory, in huge pages from their size on.
SpanArena::Range SpanArena::map(size_t bytes)
{
    const size_t margin = bytes >= hugePage ? hugePage : 0; // to begin where such a page does
    void *found =
        mmap(nullptr, bytes + margin, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (found == MAP_FAILED)
        qBadAlloc();
    auto *begin = static_cast<std::byte *>(found);
    if (margin > 0) {
        const size_t before = roundedUp(size_t(begin), hugePage) - size_t(begin);
        if (before > 0)
            munmap(begin, before);
        begin += before;
        munmap(begin + bytes, margin - before);
        madvise(begin, bytes, MADV_HUGEPAGE); // or it stays in small ones
    }
    m_regions.push_back({begin, bytes});
    m_mapped += bytes;
    ASAN_POISON_MEMORY_REGION(begin, bytes);
    return m_regions.back();
}

} // namespace Fanfare
