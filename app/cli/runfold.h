// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report.h"
#include "cli/request.h"

#include <fanfare/runs/lanehistory.h>

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace Fanfare::Cli {

/// Folds the facts of one emit command into reports: gives records their names, joins spans with
/// their details, puts lines and tasks in order and turns what a dead engine lost into tasks.
///
/// Threads: [owner]. Memory: 16 bytes per task for the summary.
class RunFold
{
public:
    /// \a reporters are borrowed and outlive the fold.
    explicit RunFold(std::vector<RunReporter *> reporters);

    /// Before any other fact: what is emitted, and who reacts.
    void begin(const CatalogFact &catalog, const Request &request);

    /// The catalog changed: a plugin was added, removed or built again.
    void setCatalog(const CatalogFact &catalog);

    /// From \a time on, what is canceled or lost counts as TimedOut.
    void expire(qint64 time);

    /// From now on, what is lost counts as canceled by the user, not as a crash.
    void interrupt();

    void apply(const BatchFact &batch);
    void applyCommandEnd(const CommandFact &command);
    void applyEnd(const EngineEndFact &end);
    void sumUp();

    const RunSummary &summary() const { return m_summary; }
    quint64 neverEmitted() const; ///< emissions; meaningful when all commands have ended
    quint64 droppedSpans() const { return m_droppedSpans; }

    /// Why \a end happened and where, without a full stop: "signal 11 (SIGSEGV) in chaos/segfault".
    QString describe(const EngineEndFact &end) const;

private:
    void addLanes(const TraceBatch &trace);
    void addDetails(const std::vector<TaskDetail> &details);
    void addInOrder(const TraceBatch &batch);
    void addSpan(const SpanRecord &span);
    void addLine(const LogLine &line);
    void addLost(const OpenTask &task, qint64 time, const QString &sentence);
    void report(TaskReport &task);
    HandlerLabel labelOf(SubscriberId subscriber) const;

    const std::vector<RunReporter *> m_reporters;
    Request m_request;
    std::map<SubscriberId, HandlerLabel> m_labels;
    std::map<LaneId, LaneInfo> m_lanes;
    LaneHistory m_history;                            // by number of the lane
    std::unordered_map<TaskId, TaskDetail> m_details; // of tasks whose span has not come yet
    std::optional<qint64> m_expiry;
    bool m_isInterrupted = false;
    RunSummary m_summary;
    quint64 m_accepted = 0; // emissions, of the commands that have ended
    quint64 m_droppedSpans = 0;
    quint64 m_droppedLines = 0;
    QueueFact m_queue; // as of the last batch
};

} // namespace Fanfare::Cli
