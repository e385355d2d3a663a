// SPDX-License-Identifier: MIT
#include "desktop/models/runmodel.h"

#include "desktop/models/runend.h"
#include "desktop/models/runmodel_p.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <utility>

#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static size_t quarterOfMemory()
{
    return static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGESIZE))
        / 4;
}

void RunModel::Private::noteTime(qint64 time)
{
    if (time > 0 && (startTime == 0 || time < startTime))
        startTime = time;
}

void RunModel::Private::noteGap(qint64 from, qint64 to, quint64 count)
{
    totals.droppedSpans += count;
    if (count == 0)
        return;
    if (!gaps.empty() && gaps.back().to >= from) { // it goes on
        gaps.back().to = std::max(gaps.back().to, to);
        gaps.back().count += count;
    } else {
        gaps.push_back({std::min(from, to), to, count});
    }
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

/// Takes note of a span that addArrived() adds; \a record stays where it is until then.
void RunModel::Private::arrive(const SpanRecord &record, quint32 handler, quint32 lane, bool isOdd)
{
    arrived.push_back({&record, record.started, handler, lane, isOdd});
    noteTime(record.queued);
    const auto outcome = static_cast<size_t>(record.outcome);
    if (outcome < totals.outcomes.size())
        ++totals.outcomes[outcome];
}

void RunModel::Private::addArrived()
{
    spans.trim(spanMemory);
    spans.append(arrived);
    totals.spans += arrived.size();
    totals.forgottenSpans = spans.forgotten();
    totals.oddSpans = spans.odd();
    arrived.clear();
}

void RunModel::Private::addSpans(const std::vector<SpanEntry> &entries)
{
    for (const SpanEntry &entry : entries)
        arrive(entry.record, entry.handler, entry.lane, entry.isOdd);
    addArrived();
}

/// A batch is large: what it says of a span is read where it lies, not copied.
void RunModel::Private::addRecords(const std::vector<SpanRecord> &records)
{
    for (const SpanRecord &record : records) {
        arrive(record, identity.handlerFor(record.subscriber), identity.laneFor(record.lane),
               false);
        learnEvent(record.task, record.event);
    }
    addArrived();
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
    d->spanMemory = quarterOfMemory();
}

RunModel::~RunModel() = default;

void RunModel::setCatalog(const CatalogFact &catalog)
{
    d->catalog = catalog;
    d->identity.setCatalog(catalog);
    const QStringList changes = d->catalogChanges.take(catalog);
    const bool isMarked = !changes.isEmpty() && d->startTime > 0; // else there is no time to mark
    if (isMarked)
        d->marks.push_back({MonotonicClock::now(), changes.join(u", "_s), MarkKind::Plugins});
    Q_EMIT catalogChanged();
    if (isMarked)
        Q_EMIT changed();
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
    const qint64 before = d->live.time > 0 ? d->live.time : batch.trace.live.time;
    d->noteGap(before, batch.trace.live.time, batch.trace.droppedSpans);
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

quint64 RunModel::clear()
{
    Q_EMIT cleared();
    constexpr size_t mostKept = 512 * 1024 * 1024;
    const bool isKept = d->spans.bytes() <= mostKept;
    d->retired.reset();
    Private::Content content = d->takeContent();
    d->cleared = isKept ? std::make_unique<Private::Content>(std::move(content)) : nullptr;
    Q_EMIT changed();
    return ++d->clearCount;
}

bool RunModel::restoreCleared(quint64 number)
{
    if (number != d->clearCount || !d->cleared)
        return false;
    Q_EMIT aboutToRestore();
    d->retired = std::make_unique<Private::Content>(d->takeContent());
    Q_EMIT changed(); // whoever counts what is new starts again
    // What runs has taken rows already; the spans that came before it take theirs first.
    const RunSpans rowsOfRunning = std::exchange(d->spans, RunSpans());
    const std::unique_ptr<Private::Content> cleared = std::move(d->cleared);
    d->append(*cleared);
    d->append(*d->retired);
    d->spans.setRunning(d->running, d->live.time);
    Q_EMIT restored();
    Q_EMIT changed();
    return true;
}

} // namespace Fanfare
