// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/event.h>
#include <fanfare/executors/subscriber.h>

#include <array>
#include <atomic>
#include <vector>

namespace Fanfare {

/// Remembers who receives the events that were emitted last, so that threads which emit at the same
/// time do not meet at the lock of the linker. Every thread uses one of a few shards. What is
/// remembered is valid for one generation of the registry only.
///
/// Threads: [any]; the lock of a shard is held for some nanoseconds and never while foreign code
/// runs.
class RecipientsCache
{
public:
    /// Who receives \a event, or null when that is not known for the current generation.
    RecipientsPointer find(const Event &event);

    /// The registry's generation. Read it before the registry, see remember().
    quint64 generation() const { return m_generation.load(); }

    /// Remembers \a recipients, which were read from the registry of \a generation, unless it has
    /// changed since.
    void remember(const Event &event, const RecipientsPointer &recipients, quint64 generation);

    /// The registry has changed: nothing that was read before is valid any more.
    void invalidate() { m_generation.fetch_add(1); }

    /// Moves all that is remembered to \a released, which dies where foreign destructors may run.
    void clear(std::vector<RecipientsPointer> &released);

private:
    struct Item
    {
        Event event;
        RecipientsPointer recipients; // with a count of its own: threads do not share it
    };

    static constexpr size_t shardCount = 8;
    static constexpr size_t itemCount = 4;

    struct alignas(64) Shard
    {
        std::atomic_flag lock;
        quint64 generation = 0; // guarded by lock, as all the rest
        size_t next = 0;        // which item is replaced next
        std::array<Item, itemCount> items;
    };
    class ShardLock;

    Shard &ownShard();

    alignas(64) std::atomic<quint64> m_generation = 1;
    std::atomic<bool> m_isEmpty = true;
    std::array<Shard, shardCount> m_shards;
};

} // namespace Fanfare
