// SPDX-License-Identifier: MIT
#include "desktop/models/runmodel.h"

#include "desktop/models/runarguments.h"
#include "desktop/models/rundetails.h"
#include "desktop/models/runend.h"
#include "desktop/models/runeventnames.h"
#include "desktop/models/runidentity.h"
#include "desktop/models/runspans.h"

#include <fanfare/base/clock.h>
#include <fanfare/runs/lanehistory.h>

#include <algorithm>

#include <unistd.h>

namespace Fanfare {

namespace {

struct EndedEngine
{
    qint64 time = 0;
    EngineEndFact fact; ///< without the lost tasks
};

} // namespace

static size_t quarterOfMemory()
{
    return static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGESIZE))
        / 4;
}

class RunModel::Private
{
public:
    std::optional<TaskDetail> lossOf(TaskId task) const;
    void addLanes(const TraceBatch &trace);
    void addSpans(std::vector<SpanEntry> &entries);
    void addRecords(const std::vector<SpanRecord> &records);
    void setLive(const LiveSample &sample);
    void setCounters(const CounterFact &fact);
    void forgetEngine(qint64 time);
    void noteTime(qint64 time);
    void learnEvent(const TaskId &task, quint32 event);

    CatalogFact catalog;
    RunIdentity identity;
    LaneHistory lanes; ///< by lane index
    RunSpans spans;
    std::vector<SpanEntry> arrived;         ///< keeps its memory from batch to batch
    std::vector<RunSpans::Running> running; ///< likewise
    size_t spanMemory = quarterOfMemory();
    RunDetails details;
    RunArguments arguments;
    RunLog log;
    RunEventNames eventNames;
    std::vector<RunMark> marks;
    std::vector<EndedEngine> ends; ///< one for each mark
    LiveSample live;
    RunTotals totals;
    CounterFact counters; ///< of the running engine
    qint64 startTime = 0;
    qint64 engineSince = 0; ///< the end of the one before
};

void RunModel::Private::noteTime(qint64 time)
{
    if (time > 0 && (startTime == 0 || time < startTime))
        startTime = time;
}

void RunModel::Private::learnEvent(const TaskId &task, quint32 event)
{
    const quint32 index = identity.eventIndex(event);
    if (index != RunIdentity::unknown)
        eventNames.learn(task.emission, index);
}

void RunModel::Private::addLanes(const TraceBatch &trace)
{
    for (const LaneInfo &lane : trace.lanes) {
        identity.addLane(lane);
        lanes.setPid(identity.laneIndex(lane.id), engineSince, lane.pid);
    }
    for (const LaneEvent &event : trace.laneEvents) {
        const quint32 lane = identity.laneFor(event.lane);
        lanes.add(lane, event);
        if (event.kind == LaneEventKind::Started)
            identity.setPid(lane, event.pid);
    }
}

void RunModel::Private::addSpans(std::vector<SpanEntry> &entries)
{
    spans.trim(spanMemory);
    spans.append(entries);
    for (const SpanEntry &span : entries) {
        noteTime(span.record.queued);
        const auto outcome = static_cast<size_t>(span.record.outcome);
        if (outcome < totals.outcomes.size())
            ++totals.outcomes[outcome];
    }
    totals.spans += entries.size();
    totals.forgottenSpans = spans.forgotten();
    totals.oddSpans = spans.odd();
}

void RunModel::Private::addRecords(const std::vector<SpanRecord> &records)
{
    arrived.clear();
    for (const SpanRecord &record : records) {
        arrived.push_back(
            {record, identity.handlerFor(record.subscriber), identity.laneFor(record.lane)});
        learnEvent(record.task, record.event);
    }
    addSpans(arrived);
}

void RunModel::Private::setLive(const LiveSample &sample)
{
    live = sample;
    for (const std::vector<OpenTask> *tasks : {&live.running, &live.queued}) {
        for (const OpenTask &task : *tasks) {
            noteTime(task.queued);
            learnEvent(task.task, task.event);
            identity.handlerFor(task.subscriber);
        }
    }
    running.clear();
    for (const OpenTask &task : live.running)
        running.push_back({task.task, identity.laneFor(task.lane), task.started});
    spans.setRunning(running, live.time);
    totals.running = live.running.size();
    totals.queued = live.queuedCount;
}

void RunModel::Private::setCounters(const CounterFact &fact)
{
    // Counters that go back are those of a new engine, which counts from 0.
    const bool isNewEngine = fact.emissions < counters.emissions;
    totals.emissions += isNewEngine ? fact.emissions : fact.emissions - counters.emissions;
    counters = fact;
}

void RunModel::Private::forgetEngine(qint64 time)
{
    identity.forgetEngine(time);
    engineSince = time;
    counters = CounterFact();
    live = LiveSample();
    live.time = time;
    running.clear();
    totals.running = 0;
    totals.queued = 0;
}

/// Why an engine that died took the task along; nothing if none did.
std::optional<TaskDetail> RunModel::Private::lossOf(TaskId task) const
{
    const std::optional<SpanPlace> place = spans.placeOf(task);
    if (!place)
        return std::nullopt;
    const SpanRecord record = spans.at(*place).record;
    if (record.outcome != Outcome::Crashed)
        return std::nullopt;
    for (const EndedEngine &end : ends) {
        if (end.time == record.finished)
            return RunEnd::detail(end.fact, record);
    }
    return std::nullopt;
}

RunModel::RunModel(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
}

RunModel::~RunModel() = default;

void RunModel::setCatalog(const CatalogFact &catalog)
{
    d->catalog = catalog;
    d->identity.setCatalog(catalog);
    Q_EMIT catalogChanged();
}

void RunModel::apply(const BatchFact &batch)
{
    d->addLanes(batch.trace);
    d->addRecords(batch.trace.spans);
    for (const TaskDetail &detail : batch.trace.details)
        d->details.add(detail);
    for (const LogLine &line : batch.trace.log) {
        d->noteTime(line.time);
        d->log.add(line);
    }
    d->log.addForgotten(batch.trace.droppedLines);
    d->totals.droppedSpans += batch.trace.droppedSpans;
    d->setLive(batch.trace.live);
    d->setCounters(batch.counters);
    Q_EMIT changed();
}

void RunModel::applyEnd(const EngineEndFact &end)
{
    const qint64 time = std::max(MonotonicClock::now(), d->live.time);
    const RunEnd story(end, time, d->identity);
    std::vector<SpanEntry> lost;
    for (const OpenTask &task : end.lost) {
        lost.push_back(story.span(task));
        d->learnEvent(task.task, task.event);
    }
    d->addSpans(lost);
    d->marks.push_back({time, story.sentence()});
    d->ends.push_back({time, end});
    d->ends.back().fact.lost.clear(); // they are spans now
    d->noteTime(time);
    d->forgetEngine(time);
    Q_EMIT changed();
}

void RunModel::clear()
{
    d->spans.clear();
    d->spans.setRunning(d->running, d->live.time);
    d->details.clear();
    d->log.clear();
    d->marks.clear();
    d->lanes.clearEvents();
    d->ends.clear();
    d->totals = RunTotals();
    d->totals.running = d->live.running.size();
    d->totals.queued = d->live.queuedCount;
    d->startTime = 0;
    Q_EMIT changed();
}

QString RunModel::buildOf(SubscriberId subscriber, qint64 time) const
{
    return d->identity.buildOf(subscriber, time);
}

const CatalogFact &RunModel::catalog() const
{
    return d->catalog;
}

const HandlerEntry &RunModel::handler(quint32 index) const
{
    return d->identity.handler(index);
}

const QString &RunModel::eventName(EmissionId emission) const
{
    const QString &told = d->eventNames.inRanges(emission);
    if (!told.isEmpty())
        return told;
    return d->identity.eventName(d->eventNames.learned(emission).value_or(RunIdentity::unknown));
}

void RunModel::setEventName(EmissionId first, quint64 count, const QString &event)
{
    d->eventNames.setRange(first, count, event);
}

int RunModel::laneCount() const
{
    return d->identity.laneCount();
}

const LaneEntry &RunModel::lane(quint32 index) const
{
    return d->identity.lane(index);
}

const std::vector<RunMark> &RunModel::marks() const
{
    return d->marks;
}

qint64 RunModel::pidAt(quint32 lane, qint64 time) const
{
    return d->lanes.pidAt(lane, time);
}

const std::vector<LaneEvent> &RunModel::laneEvents(quint32 lane) const
{
    return d->lanes.events(lane);
}

size_t RunModel::spanCount() const
{
    return d->spans.size();
}

bool RunModel::isKept(size_t index) const
{
    return d->spans.placeAt(index).has_value();
}

SpanEntry RunModel::span(size_t index) const
{
    const std::optional<SpanPlace> place = d->spans.placeAt(index);
    return place ? d->spans.at(*place) : SpanEntry();
}

std::optional<SpanEntry> RunModel::find(TaskId task) const
{
    const std::optional<SpanPlace> place = d->spans.placeOf(task);
    return place ? std::optional(d->spans.at(*place)) : std::nullopt;
}

const RunSpans &RunModel::spans() const
{
    return d->spans;
}

void RunModel::setSpanMemory(size_t bytes)
{
    d->spanMemory = bytes;
}

std::optional<OpenTask> RunModel::findOpen(TaskId task) const
{
    for (const std::vector<OpenTask> *tasks : {&d->live.running, &d->live.queued}) {
        const auto isTask = [task](const OpenTask &open) { return open.task == task; };
        const auto found = std::find_if(tasks->begin(), tasks->end(), isTask);
        if (found != tasks->end())
            return *found;
    }
    return std::nullopt;
}

std::optional<TaskDetail> RunModel::detail(TaskId task) const
{
    const std::optional<TaskDetail> left = d->details.find(task);
    return left ? left : d->lossOf(task);
}

std::optional<Arguments> RunModel::arguments(EmissionId emission) const
{
    return d->arguments.find(emission);
}

void RunModel::setArguments(EmissionId first, const EmitCommand &command)
{
    d->arguments.add(first, command);
}

std::vector<TaskId> RunModel::tasksOf(EmissionId emission) const
{
    std::vector<TaskId> tasks = d->spans.tasksOf(emission);
    for (const std::vector<OpenTask> *open : {&d->live.running, &d->live.queued}) {
        for (const OpenTask &task : *open) {
            if (task.task.emission == emission)
                tasks.push_back(task.task);
        }
    }
    std::sort(tasks.begin(), tasks.end());
    return tasks;
}

const LiveSample &RunModel::live() const
{
    return d->live;
}

quint32 RunModel::laneIndex(LaneId lane) const
{
    return d->identity.laneIndex(lane);
}

quint32 RunModel::handlerIndex(SubscriberId subscriber) const
{
    return d->identity.handlerIndex(subscriber);
}

size_t RunModel::lineCount() const
{
    return d->log.size();
}

const LogLine &RunModel::line(size_t index) const
{
    return d->log[index];
}

quint64 RunModel::forgottenLines() const
{
    return d->log.forgotten();
}

quint64 RunModel::forgottenDetails() const
{
    return d->details.forgotten();
}

const RunTotals &RunModel::totals() const
{
    return d->totals;
}

const QueueFact &RunModel::queue() const
{
    return d->counters.queue;
}

qint64 RunModel::startTime() const
{
    return d->startTime;
}

} // namespace Fanfare
