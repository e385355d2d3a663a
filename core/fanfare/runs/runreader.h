// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/tracecodec.h>
#include <fanfare/runs/runblock.h>
#include <fanfare/runs/runinfo.h>
#include <fanfare/runs/unfinishedtasks.h>
#include <fanfare/trace/records.h>

#include <QFile>

#include <memory>

namespace Fanfare {

/// Reads a run file from the front, as the stream of facts it was while it went. A torn or damaged
/// file is read up to the damage, and damage() says so.
///
/// Threads: [owner].
class RunReader final
{
public:
    /// Opens the file at \a path and reads who wrote it. Errors: NotFound and Unreadable as the
    /// system says; Protocol when it is no run file, or of another version.
    static Result<RunReader> open(const QString &path);

    /// What read() brings from now on besides spans; all, unless said.
    void setWords(TraceWords words) { m_words = words; }

    const RunInfo &info() const { return m_info; }

    /// The index of a run that was ended in order; nothing for one that goes on or was torn off.
    /// That of a run that goes on is there once read() came to its end.
    const std::optional<RunIndex> &index() const { return m_index; }

    /// Adds the next part of the run, at most 65,536 spans, to \a batch. False at its end or at the
    /// first damage; then \a batch is as it was. The last part of a run that was torn off is
    /// what was open then: it is Interrupted for the reason "record-ended".
    bool read(TraceBatch &batch);

    /// After read() returned false: lets it look whether the file has grown since, because the run
    /// goes on. What was torn then may have been in the middle of being written.
    void lookAgain();

    const RunNames &names() const { return m_names; } ///< of the spans read last
    double progress() const;                          ///< the share of the file that was read

    /// Tasks that were open when a run was torn off. Known after the last part was read; those of
    /// which only the number is known are in no part.
    quint64 unfinished() const { return m_unfinishedCount; }

    /// Empty, or one sentence about where the file ends early.
    const QString &damage() const { return m_damage; }

private:
    explicit RunReader(const QString &path);
    Result<void> readHead();
    void readIndex();
    Result<void> take(const RunBlock &block, TraceBatch &batch);
    bool readBlock(TraceBatch &batch);
    bool readUnfinished(TraceBatch &batch);

    std::unique_ptr<QFile> m_file;
    std::unique_ptr<RunBlockReader> m_blocks;
    RunInfo m_info;
    RunNames m_names;
    std::optional<RunIndex> m_index;
    UnfinishedTasks m_unfinished; ///< of the last such block, without what has ended since
    QString m_damage;
    quint64 m_unfinishedCount = 0;
    TraceWords m_words = TraceWords::All;
    bool m_isAtEnd = false;
    bool m_isBroken = false; ///< a whole block holds nonsense: nothing may follow it
};

} // namespace Fanfare
