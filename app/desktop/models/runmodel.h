// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/spanentry.h"

#include <fanfare/engine/clusterfact.h>
#include <fanfare/engine/facts.h>

#include <QObject>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace Fanfare {

/// A handler as the window knows it: stable over engine restarts, unlike SubscriberId.
struct HandlerEntry
{
    QString plugin; ///< name of the plugin
    QString handler;
    bool isAsync = false;
};

/// One lane of the window: a worker, kept over engine restarts when kind and name are the same.
struct LaneEntry
{
    LaneKind kind = LaneKind::Thread;
    QString name;
    qint64 pid = 0; ///< of the latest process; RunModel::pidAt() knows the former ones

    bool hasWorker() const { return pid != 0 || kind == LaneKind::Process; } ///< else what was lost
};

enum class MarkKind : quint8 {
    End,     ///< of the engine
    Plugins, ///< some were disabled or on, or reloaded
};

/// A thing that happened to the whole engine at one moment.
struct EngineMark
{
    qint64 time = 0;
    QString text; ///< "engine died: signal 11 (SIGSEGV) in chaos / segfault"
    MarkKind kind = MarkKind::End;
};

/// A time in which records of finished tasks were lost before they came here.
struct RunGap
{
    qint64 from = 0;
    qint64 to = 0;
    quint64 count = 0;
};

struct RunTotals
{
    std::array<quint64, outcomeCount> outcomes{}; ///< by Outcome
    quint64 emissions = 0;
    quint64 spans = 0; ///< finished tasks
    quint64 running = 0;
    quint64 queued = 0;
    quint64 droppedSpans = 0;   ///< lost before they came here
    quint64 forgottenSpans = 0; ///< came here, and had to go to save memory
    quint64 oddSpans = 0;       ///< whose times contradicted each other
};

class RunSpans;

/// Folds the facts of the engine link into values the panes draw: lanes, spans, details, log.
/// The facts of a crashed engine stay; what it lost is added as Crashed spans.
///
/// Threads: [gui]. apply() is O(batch).
class RunModel final : public QObject
{
    Q_OBJECT

public:
    explicit RunModel(QObject *parent = nullptr);
    ~RunModel() override;

    void setCatalog(const CatalogFact &catalog);
    void apply(const BatchFact &batch);
    void applyEnd(const EngineEndFact &end);

    /// Forgets all spans, details, lines and marks; lanes and catalog stay. What was forgotten last
    /// can come back once, if its spans took no more than 512 MiB: restoreCleared() with the number
    /// that this returns.
    quint64 clear();
    bool restoreCleared(quint64 number); ///< before what came since; false when it is gone

    /// Which build of its plugin \a subscriber belonged to at \a time, see RunIdentity.
    QString buildOf(SubscriberId subscriber, qint64 time) const;
    QString buildOfHandler(quint32 handler, qint64 time) const; ///< likewise, of an ended task
    const CatalogFact &catalog() const;
    const HandlerEntry &handler(quint32 index) const;
    const QString &eventName(EmissionId emission) const; ///< empty when unknown
    void setEventName(EmissionId first, quint64 count, const QString &event);

    int laneCount() const;
    const LaneEntry &lane(quint32 index) const;
    const std::vector<EngineMark> &marks() const;
    const std::vector<RunGap> &gaps() const; ///< in order of time

    /// The process that served a lane at \a time; 0 when that is not known.
    qint64 pidAt(quint32 lane, qint64 time) const;

    /// What happened to the processes behind a lane, oldest first.
    const std::vector<LaneEvent> &laneEvents(quint32 lane) const;

    /// Finished tasks, forgotten ones included, in order of arrival: of those that came at once
    /// the ones of a lane together and by start.
    size_t spanCount() const;
    bool isKept(size_t index) const;                  ///< else it was forgotten to save memory
    SpanEntry span(size_t index) const;               ///< an empty one when it is not kept
    std::optional<SpanEntry> find(TaskId task) const; ///< nothing while it is open or unknown
    const RunSpans &spans() const;                    ///< the same by lane and time

    /// Bytes of memory that finished tasks may take; then the oldest are forgotten, and counted. A
    /// quarter of the machine's memory at first.
    void setSpanMemory(size_t bytes);
    std::optional<OpenTask> findOpen(TaskId task) const;
    std::optional<TaskDetail> detail(TaskId task) const;

    /// What an emission carried, told by who made it; of the newest 100,000 commands, at most
    /// 64 MiB.
    std::optional<Arguments> arguments(EmissionId emission) const;
    void setArguments(EmissionId first, const EmitCommand &command);
    std::vector<TaskId> tasksOf(EmissionId emission) const; ///< finished and open ones, by index

    const LiveSample &live() const;

    /// The index of a lane or subscriber of the running engine; for one that it has not introduced
    /// an index without an entry, for which lane() and handler() return an empty one.
    quint32 laneIndex(LaneId lane) const;
    quint32 handlerIndex(SubscriberId subscriber) const;

    /// Log lines, oldest first; the newest 1,000,000 in at most 256 MiB are kept, older ones are
    /// counted.
    size_t lineCount() const;
    const LogLine &line(size_t index) const;
    quint64 forgottenLines() const;

    /// Details are kept of the newest 200,000 tasks that left some, and of at most 256 MiB.
    quint64 forgottenDetails() const;

    const RunTotals &totals() const;
    const QueueFact &queue() const; ///< of the running engine

    /// The hosts behind the lanes, those of the latest engine that had any.
    void setCluster(const ClusterFact &cluster);
    const ClusterFact &cluster() const;
    qint64 startTime() const; ///< MonotonicClock of the first thing known; 0 when empty

Q_SIGNALS:
    void changed(); ///< after each apply, applyEnd, clear
    void cleared(); ///< before the changed() of clear()
    void catalogChanged();
    void aboutToRestore(); ///< something that was cleared comes back: changed() with nothing in it
    void restored();       ///< follows, then changed() with everything

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fanfare
