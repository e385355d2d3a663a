// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/runblock.h>
#include <fanfare/runs/runinfo.h>
#include <fanfare/runs/unfinishedtasks.h>
#include <fanfare/trace/records.h>

class QIODevice;

namespace Fanfare {

/// Writes a run as it goes. What was flushed survives the death of the process; what a block is,
/// runblock.h says.
///
/// Threads: [owner]. Memory: the spans since the last flush, at most 65,536, what is open in the
/// last sample, and 32 bytes for every block of spans.
class RunWriter final
{
public:
    /// Begins the file. \a device is borrowed, empty and open for writing.
    RunWriter(QIODevice &device, RunInfo info);

    /// What numbers in later spans mean; written when it differs from the last.
    void setNames(const RunNames &names);

    /// Takes what \a batch brings. Spans wait until they fill a block or flush() is called.
    void add(const TraceBatch &batch);

    /// Writes what waits, and what is open when it changed: the latter at most twice in a second of
    /// the samples' time.
    void flush();

    /// Whatever is open ends as Interrupted for \a reason, a stable code.
    void endUnfinished(const QString &reason);

    /// What its processes took; written at the end.
    void setProcesses(std::vector<ProcessUsage> processes)
    {
        m_index.processes = std::move(processes);
    }

    /// Ends the run: flushes, then index and trailer. Nothing may be added afterwards. False when
    /// any part of the file could not be written; the device says why.
    bool finish(quint64 emissions);

    /// A write failed, for instance on a full disk: from then on nothing is written, so that what
    /// stands in the file stays readable.
    bool isBroken() const { return m_isBroken; }

    const RunIndex &index() const { return m_index; } ///< of what was added so far
    quint64 size() const { return m_size; }           ///< bytes written

private:
    void writeBlock(RunBlockKind kind, const QByteArray &payload);
    void write(const QByteArray &bytes);
    void writeFacts(const TraceBatch &batch);
    void writeSpans();
    void writeUnfinished();
    void note(const SpanRecord &span);

    QIODevice &m_device;
    RunIndex m_index;
    RunNames m_names;
    std::vector<SpanRecord> m_spans;     // wait for a full block
    UnfinishedTasks m_unfinished;        // of the last sample
    UnfinishedTasks m_writtenUnfinished; // in the last block of that kind
    qint64 m_sampled = 0;                // time of the last sample
    qint64 m_unfinishedDue = 0;          // time of a sample from which on it may be written again
    quint64 m_size = 0;
    quint32 m_blocks = 0;
    bool m_isBroken = false;
};

} // namespace Fanfare
