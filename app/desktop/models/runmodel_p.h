// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/catalogchanges.h"
#include "desktop/models/runarguments.h"
#include "desktop/models/rundetails.h"
#include "desktop/models/runeventnames.h"
#include "desktop/models/runidentity.h"
#include "desktop/models/runmodel.h"
#include "desktop/models/runspans.h"

#include <fanfare/runs/lanehistory.h>

namespace Fanfare {

/// What a RunModel has folded so far.
class RunModel::Private
{
public:
    struct EndedEngine
    {
        qint64 time = 0;
        EngineEndFact fact; ///< without the lost tasks
    };

    /// All that clear() takes away.
    struct Content
    {
        RunSpans spans;
        RunDetails details;
        RunLog log;
        std::vector<EngineMark> marks;
        std::vector<RunGap> gaps;
        std::vector<EndedEngine> ends;
        std::vector<std::vector<LaneEvent>> laneEvents; ///< by lane index
        RunTotals totals;
        qint64 startTime = 0;
    };

    Content takeContent(); ///< and leaves nothing but what runs
    void append(Content &newer);
    std::optional<TaskDetail> lossOf(TaskId task) const;
    void addLanes(const TraceBatch &trace);
    void addSpans(const std::vector<SpanEntry> &entries);
    void arrive(const SpanRecord &record, quint32 handler, quint32 lane, bool isOdd);
    void addArrived();
    void addRecords(const std::vector<SpanRecord> &records);
    void setLive(const LiveSample &sample);
    void setCounters(const CounterFact &fact);
    void forgetEngine(qint64 time);
    void noteTime(qint64 time);
    void noteGap(qint64 from, qint64 to, quint64 count);
    void learnEvent(const TaskId &task, quint32 event);

    CatalogFact catalog;
    CatalogChanges catalogChanges;
    RunIdentity identity;
    LaneHistory lanes; ///< by lane index
    RunSpans spans;
    std::vector<RunSpans::Arrival> arrived; ///< keeps its memory from batch to batch
    std::vector<RunSpans::Running> running; ///< likewise
    size_t spanMemory = 0;                  ///< bytes
    RunDetails details;
    RunArguments arguments;
    RunLog log;
    RunEventNames eventNames;
    std::vector<EngineMark> marks;
    std::vector<RunGap> gaps;
    std::vector<EndedEngine> ends; ///< one for each mark of that kind
    LiveSample live;
    RunTotals totals;
    CounterFact counters; ///< of the running engine
    ClusterFact cluster;
    qint64 startTime = 0;
    qint64 engineSince = 0; ///< the end of the one before
    quint64 clearCount = 0;
    std::unique_ptr<Content> cleared; ///< by the last clear(), if it may come back
    std::unique_ptr<Content> retired; ///< pictures of its spans may still be looked at
};

} // namespace Fanfare
