// SPDX-License-Identifier: MIT
#include "fanfare/trace/tracebuffer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Fanfare {

void TraceBuffer::Chunk::reset(Width width)
{
    if (width == Width::Narrow) {
        narrow.resize(chunkSize);
        full = {};
    } else {
        full.resize(wideSize);
        narrow = {};
    }
    drained = 0;
    published.store(0, std::memory_order_relaxed);
}

/// Moves what is published and was not moved before to the end of \a spans.
void TraceBuffer::Chunk::drain(std::vector<SpanRecord> &spans)
{
    const int end = published.load(std::memory_order_acquire);
    const size_t needed = spans.size() + size_t(end - drained);
    if (needed > spans.capacity())
        spans.reserve(std::max(needed, 2 * spans.capacity()));
    if (!full.empty()) {
        spans.insert(spans.end(), full.begin() + drained, full.begin() + end);
        drained = end;
        return;
    }
    for (; drained < end; ++drained)
        spans.push_back(narrow[size_t(drained)].read(base));
}

TraceBuffer::TraceBuffer()
{
    nextChunk(Width::Narrow);
}

std::unique_ptr<TraceBuffer::Chunk> TraceBuffer::takeSpare()
{
    if (m_spare.empty())
        return std::make_unique<Chunk>();
    std::unique_ptr<Chunk> chunk = std::move(m_spare.back());
    m_spare.pop_back();
    return chunk;
}

void TraceBuffer::nextChunk(Width width)
{
    std::lock_guard lock(m_mutex);
    if (m_chunks.size() >= maximumChunks) {
        // Nobody drains: the chunk just filled is written again and its records are counted. A
        // reader cannot be inside it, because readers hold the lock there.
        m_dropped.fetch_add(quint64(m_position - m_chunk->drained));
    } else if (!m_chunk || m_position > 0) {
        m_chunks.push_back(takeSpare());
    }
    m_chunk = m_chunks.back().get();
    m_chunk->reset(width);
    m_narrow = m_chunk->narrow.empty() ? nullptr : m_chunk->narrow.data();
    m_full = m_chunk->full.empty() ? nullptr : m_chunk->full.data();
    m_position = 0;
    m_end = width == Width::Narrow ? chunkSize : wideSize;
}

quint64 TraceBuffer::drain(std::vector<SpanRecord> &spans)
{
    std::vector<std::unique_ptr<Chunk>> finished;
    {
        std::lock_guard lock(m_mutex);
        const auto last = std::prev(m_chunks.end());
        finished.assign(std::make_move_iterator(m_chunks.begin()), std::make_move_iterator(last));
        m_chunks.erase(m_chunks.begin(), last);
    }
    for (const auto &chunk : finished) // without the lock: the writer may need it
        chunk->drain(spans);
    std::lock_guard lock(m_mutex);
    m_chunks.front()->drain(spans); // the one that was written to before
    std::ranges::move(finished, std::back_inserter(m_spare));
    return m_dropped.exchange(0);
}

} // namespace Fanfare
