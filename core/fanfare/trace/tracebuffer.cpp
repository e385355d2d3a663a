// SPDX-License-Identifier: MIT
#include "fanfare/trace/tracebuffer.h"

#include <utility>

namespace Fanfare {

TraceBuffer::TraceBuffer()
{
    m_full.push_back(std::make_unique<Chunk>());
    m_chunk = m_full.back().get();
}

void TraceBuffer::nextChunk()
{
    std::lock_guard lock(m_mutex);
    m_position = 0;
    if (m_full.size() >= maximumChunks) {
        // Nobody drains: the chunk just filled is written again and its records are counted. A
        // reader cannot be inside it, because readers hold the lock.
        m_dropped.fetch_add(static_cast<quint64>(chunkSize - m_chunk->drained));
        m_chunk->drained = 0;
        m_chunk->published.store(0, std::memory_order_relaxed);
        return;
    }
    if (m_spare.empty()) {
        m_full.push_back(std::make_unique<Chunk>());
    } else {
        m_full.push_back(std::move(m_spare.back()));
        m_spare.pop_back();
    }
    m_chunk = m_full.back().get();
}

quint64 TraceBuffer::drain(std::vector<SpanRecord> &spans)
{
    std::lock_guard lock(m_mutex);
    for (const auto &chunk : m_full) {
        const int published = chunk->published.load(std::memory_order_acquire);
        spans.insert(spans.end(), chunk->records.begin() + chunk->drained,
                     chunk->records.begin() + published);
        chunk->drained = published;
    }
    while (m_full.size() > 1) { // all but the one being written are empty now
        auto chunk = std::move(m_full.front());
        m_full.erase(m_full.begin());
        chunk->drained = 0;
        chunk->published.store(0, std::memory_order_relaxed);
        m_spare.push_back(std::move(chunk));
    }
    return m_dropped.exchange(0);
}

} // namespace Fanfare
