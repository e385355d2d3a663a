// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/runreader.h>

#include <QSet>

#include <functional>
#include <memory>
#include <stop_token>

namespace Fanfare {

class RunModel;

/// A part of a run, as a reader brings it.
struct RunPart
{
    TraceBatch trace;
    RunNames names;
};

/// A run file on its way into a RunModel, which cannot tell it from an engine's facts.
///
/// Threads: [owner], which may change between two calls. fold() may run in one thread while read()
/// runs in another: they share nothing.
class RunFeed final
{
public:
    using Sink = std::function<void(RunPart)>;

    /// Errors: those of RunReader::open().
    static Result<std::shared_ptr<RunFeed>> open(const QString &path);

    const RunReader &reader() const { return m_reader; }

    /// Reads what the file holds beyond the last call and hands it to \a sink, part by part.
    /// \a progress is told the share that was read. [blocks]
    void read(const Sink &sink, const std::function<void(double)> &progress,
              const std::stop_token &stop);
    bool goesOn() const { return m_goesOn; } ///< it was being recorded during the last read()

    void fold(RunPart part, RunModel &model);

private:
    RunFeed(QString path, RunReader reader);
    void nameLanes(std::vector<LaneInfo> &lanes);

    const QString m_path;
    RunReader m_reader;
    bool m_goesOn = false;
    RunNames m_names; // that the model knows
    QSet<quint32> m_laneIds;
    QSet<QString> m_laneNames;
    qint64 m_last = 0;
    quint64 m_emissions = 0;
};

} // namespace Fanfare
