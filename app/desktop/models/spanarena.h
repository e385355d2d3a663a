// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/pagetoucher.h"

#include <QtGlobal>

#include <array>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace Fanfare {

/// The memory of what frames and statistics look at: from the first two MiB of a run on it lies in
/// huge pages. Frames jump through all of it, and with small pages the processor waits longer for
/// the address of a page than for the memory. Where the kernel gives no huge pages it is ordinary
/// memory.
///
/// What is given back is used again; all of it goes back to the system with the arena.
///
/// Threads: [gui].
class SpanArena
{
public:
    SpanArena() = default;
    ~SpanArena();
    Q_DISABLE_COPY_MOVE(SpanArena)

    /// A piece of \a bytes at a multiple of 64, not initialized.
    void *take(size_t bytes);

    /// \a piece, which take() returned for as many \a bytes; null is nothing.
    void giveBack(void *piece, size_t bytes);

    template <typename T, typename... Arguments>
    T *make(Arguments &&...arguments)
    {
        static_assert(std::is_trivially_destructible_v<T>); // nobody does
        return new (take(sizeof(T))) T(std::forward<Arguments>(arguments)...);
    }
    template <typename T>
    void giveBack(T *value)
    {
        giveBack(value, sizeof(T));
    }

    size_t bytes() const { return m_bytes; }   ///< of all pieces that are not given back
    size_t mapped() const { return m_mapped; } ///< of addresses: not all are memory yet

private:
    struct Range
    {
        std::byte *begin = nullptr;
        size_t bytes = 0;
    };

    static constexpr size_t grain = 64;                 ///< bytes: a line of the cache
    static constexpr size_t mostSmall = 2'048;          ///< bytes of a piece that is kept by size
    static constexpr size_t smallestRegion = 16 * 1024; ///< bytes
    static constexpr size_t hugePage = size_t(2) << 20;
    static constexpr size_t hugeRegion = 2 * hugePage;

    std::byte *cut(Range &range, size_t bytes);
    void keep(const Range &range);
    bool reuse(size_t bytes);
    void addRegion(size_t bytes);
    Range map(size_t bytes);
    void mapAhead();

    std::vector<Range> m_regions;
    std::array<std::vector<void *>, mostSmall / grain + 1> m_small; ///< given back, by size
    std::vector<Range> m_spare;                                     ///< given back, larger
    Range m_used;  ///< what small pieces are cut from: it was somebody's before
    Range m_fresh; ///< likewise, when there is no such
    Range m_next;  ///< the next fresh one; its pages are made ready meanwhile
    std::unique_ptr<PageToucher> m_toucher; ///< before the regions go
    size_t m_bytes = 0;
    size_t m_mapped = 0;
};

/// Lets a list of the standard library lie in an arena, which must outlive it.
template <typename T>
class SpanAllocator
{
public:
    using value_type = T;

    explicit SpanAllocator(SpanArena &arena)
        : m_arena(&arena)
    {
    }
    template <typename Other>
    SpanAllocator(const SpanAllocator<Other> &other) // NOLINT: allocators convert
        : m_arena(other.arena())
    {
    }

    T *allocate(size_t count) { return static_cast<T *>(m_arena->take(count * sizeof(T))); }
    void deallocate(T *values, size_t count) { m_arena->giveBack(values, count * sizeof(T)); }
    SpanArena *arena() const { return m_arena; }
    bool operator==(const SpanAllocator &other) const = default;

private:
    SpanArena *m_arena;
};

template <typename T>
using SpanVector = std::vector<T, SpanAllocator<T>>;

} // namespace Fanfare
