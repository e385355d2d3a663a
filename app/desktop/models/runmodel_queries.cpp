// SPDX-License-Identifier: MIT
// What a RunModel knows, and the settings that it keeps.
#include "desktop/models/runmodel_p.h"

#include <algorithm>

namespace Fanfare {

QString RunModel::buildOf(SubscriberId subscriber, qint64 time) const
{
    return d->identity.buildOf(subscriber, time);
}

QString RunModel::buildOfHandler(quint32 handler, qint64 time) const
{
    return d->identity.buildOfHandler(handler, time);
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

const std::vector<EngineMark> &RunModel::marks() const
{
    return d->marks;
}

const std::vector<RunGap> &RunModel::gaps() const
{
    return d->gaps;
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

void RunModel::setCluster(const ClusterFact &cluster)
{
    d->cluster = cluster;
    Q_EMIT changed();
}

const ClusterFact &RunModel::cluster() const
{
    return d->cluster;
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
