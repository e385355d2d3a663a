// SPDX-License-Identifier: MIT
#include "fanfare/events/recipientscache.h"

#include <thread>
#include <utility>

namespace Fanfare {

class RecipientsCache::ShardLock
{
public:
    explicit ShardLock(Shard &shard)
        : m_shard(shard)
    {
        while (m_shard.lock.test_and_set(std::memory_order_acquire))
            std::this_thread::yield();
    }
    ~ShardLock() { m_shard.lock.clear(std::memory_order_release); }
    ShardLock(const ShardLock &) = delete;
    ShardLock &operator=(const ShardLock &) = delete;

private:
    Shard &m_shard;
};

/// Threads take turns, so few of them share a shard.
static size_t threadNumber()
{
    static constinit std::atomic<size_t> last = 0;
    static thread_local const size_t number = last.fetch_add(1, std::memory_order_relaxed);
    return number;
}

RecipientsCache::Shard &RecipientsCache::ownShard()
{
    return m_shards[threadNumber() % shardCount];
}

RecipientsPointer RecipientsCache::find(const Event &event)
{
    Shard &shard = ownShard();
    const ShardLock lock(shard);
    if (shard.generation != m_generation.load())
        return nullptr;
    for (const Item &item : shard.items) {
        if (item.recipients && item.event == event)
            return item.recipients;
    }
    return nullptr;
}

void RecipientsCache::remember(const Event &event, const RecipientsPointer &recipients,
                               quint64 generation)
{
    const auto holder = std::make_shared<RecipientsPointer>(recipients);
    RecipientsPointer own(holder, recipients.get());
    std::array<Item, itemCount> outdated; // dies after the lock
    Item replaced;
    Shard &shard = ownShard();
    const ShardLock lock(shard);
    m_isEmpty.store(false); // before the generation is read: clear() looks after changing it
    if (m_generation.load() != generation)
        return;
    if (shard.generation != generation)
        outdated = std::exchange(shard.items, {});
    shard.generation = generation;
    Item &item = shard.items[shard.next++ % itemCount];
    replaced = std::exchange(item, {event, std::move(own)});
}

void RecipientsCache::clear(std::vector<RecipientsPointer> &released)
{
    if (m_isEmpty.exchange(true))
        return;
    for (Shard &shard : m_shards) {
        const ShardLock lock(shard);
        for (Item &item : shard.items) {
            if (item.recipients)
                released.push_back(std::exchange(item.recipients, nullptr));
        }
    }
}

} // namespace Fanfare
