// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/narrowspan.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace Fanfare {

/// Spans of one lane on their way from the worker that writes them to the recorder that drains
/// them. The writer stores a record and publishes an index; a lock is taken once per chunk only.
/// Records are stored as NarrowSpan; one that does not fit begins a chunk of full records. When
/// \c maximumChunks are full and nobody drained, further spans are dropped and counted.
///
/// Threads: append() by one writer; drain() by one reader at a time; both at once.
class TraceBuffer
{
public:
    static constexpr int chunkSize = 4096;    ///< narrow records, 128 KiB
    static constexpr int wideSize = 2048;     ///< full records, 144 KiB
    static constexpr int maximumChunks = 512; ///< 2,097,152 narrow records, 64 MiB

    TraceBuffer();

    void append(const SpanRecord &record)
    {
        if (m_position == m_end)
            nextChunk(Width::Narrow);
        if (m_narrow) {
            if (m_position == 0)
                m_chunk->base = m_base = NarrowBase::around(record);
            if (m_narrow[m_position].write(record, m_base)) {
                publish();
                return;
            }
            nextChunk(Width::Full);
        }
        m_full[m_position] = record;
        publish();
    }

    /// Moves all published records to the end of \a spans. Returns how many were dropped since
    /// the last call.
    quint64 drain(std::vector<SpanRecord> &spans);

private:
    enum class Width : quint8 { Narrow, Full };

    /// Has room for either narrow or full records.
    struct Chunk
    {
        NarrowBase base; ///< written before the first record is published
        std::vector<NarrowSpan> narrow;
        std::vector<SpanRecord> full;
        std::atomic<int> published = 0;
        int drained = 0; ///< guarded by m_mutex while it is written to, else the reader's

        void reset(Width width);
        void drain(std::vector<SpanRecord> &spans);
    };

    void publish() { m_chunk->published.store(++m_position, std::memory_order_release); }
    void nextChunk(Width width);
    std::unique_ptr<Chunk> takeSpare(); // needs m_mutex

    // The writer's.
    Chunk *m_chunk = nullptr;
    NarrowSpan *m_narrow = nullptr; // of m_chunk; null: it has full records
    SpanRecord *m_full = nullptr;   // of m_chunk; null: it has narrow records
    int m_position = 0;
    int m_end = 0;
    NarrowBase m_base; // of m_chunk

    std::mutex m_mutex;
    std::vector<std::unique_ptr<Chunk>> m_chunks; // guarded by m_mutex; the last is written to
    std::vector<std::unique_ptr<Chunk>> m_spare;  // guarded by m_mutex
    std::atomic<quint64> m_dropped = 0;
};

} // namespace Fanfare
