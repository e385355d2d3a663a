// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace Fanfare {

/// Spans of one lane on their way from the worker that writes them to the recorder that drains
/// them. The writer stores a record and publishes an index; a lock is taken once per chunk only.
/// When \c maximumChunks are full and nobody drained, further spans are dropped and counted.
///
/// Threads: append() by one writer; drain() by one reader at a time; both at once.
class TraceBuffer
{
public:
    static constexpr int chunkSize = 4096;    ///< records
    static constexpr int maximumChunks = 256; ///< 1,048,576 records, 72 MiB

    TraceBuffer();

    void append(const SpanRecord &record)
    {
        next() = record;
        publish();
    }

    /// Where the next record is to be written, all of it: it holds an old one.
    SpanRecord &next()
    {
        if (m_position == chunkSize)
            nextChunk();
        return m_chunk->records[static_cast<size_t>(m_position)];
    }

    /// Publishes what was written to next().
    void publish() { m_chunk->published.store(++m_position, std::memory_order_release); }

    /// Moves all published records to the end of \a spans. Returns how many were dropped since
    /// the last call.
    quint64 drain(std::vector<SpanRecord> &spans);

private:
    struct Chunk
    {
        std::array<SpanRecord, chunkSize> records;
        std::atomic<int> published = 0;
        int drained = 0; ///< touched by the reader only
    };

    void nextChunk();

    Chunk *m_chunk = nullptr; // the writer's
    int m_position = 0;       // the writer's
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Chunk>> m_full;  // guarded by m_mutex; the last is being written
    std::vector<std::unique_ptr<Chunk>> m_spare; // guarded by m_mutex
    std::atomic<quint64> m_dropped = 0;
};

} // namespace Fanfare
