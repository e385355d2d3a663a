// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"

#include <utility>

namespace Fanfare {

/// Times of stories count milliseconds from this moment: not 0, and before any test can run,
/// however short ago the machine was started.
inline constexpr qint64 storyStart = 1'000'000'000;

constexpr qint64 at(double milliseconds)
{
    return storyStart + static_cast<qint64>(milliseconds * 1e6);
}

/// Tells a RunModel what engines would tell it: two threads, an event loop, the handlers "sync"
/// (subscriber 1) and "async" (2) of the plugin "basics".
class RunStory
{
public:
    explicit RunStory(RunModel &model, quint32 firstSubscriber = 1)
        : m_model(model)
        , m_firstSubscriber(firstSubscriber)
    {
    }

    static constexpr LaneId thread1{0};
    static constexpr LaneId thread2{1};
    static constexpr LaneId loop{2};

    void startEngine(qint64 pid = 4242)
    {
        const auto subscriber = [this](quint32 offset) {
            return SubscriberId{m_firstSubscriber + offset};
        };
        EventFact event;
        event.name = QStringLiteral("StringEvent");
        event.number = 7;
        HandlerFact sync;
        sync.subscriber = subscriber(0);
        sync.name = QStringLiteral("sync");
        HandlerFact async;
        async.subscriber = subscriber(1);
        async.name = QStringLiteral("async");
        async.isAsync = true;
        PluginFact plugin;
        plugin.name = QStringLiteral("basics");
        plugin.events = {event};
        plugin.handlers = {sync, async};
        CatalogFact catalog;
        catalog.plugins = {plugin};
        m_model.setCatalog(catalog);
        batch.trace.lanes = {{thread1, LaneKind::Thread, QStringLiteral("thread 1"), pid},
                             {thread2, LaneKind::Thread, QStringLiteral("thread 2"), pid},
                             {loop, LaneKind::Loop, QStringLiteral("loop 1"), pid}};
    }

    /// A finished task in the next batch. Times are milliseconds of the story.
    TaskId span(quint64 emission, LaneId lane, double started, double finished,
                Outcome outcome = Outcome::Succeeded)
    {
        SpanRecord record;
        record.task = {EmissionId{emission}, 0};
        record.queued = at(started - 1);
        record.started = at(started);
        record.finished = at(finished);
        record.subscriber = SubscriberId{m_firstSubscriber + (lane == loop ? 1 : 0)};
        record.event = 7;
        record.lane = lane;
        record.outcome = outcome;
        batch.trace.spans.push_back(record);
        return record.task;
    }

    /// A running task, seen by the next batch.
    TaskId running(quint64 emission, LaneId lane, double started)
    {
        OpenTask task;
        task.task = {EmissionId{emission}, 0};
        task.subscriber = SubscriberId{m_firstSubscriber + (lane == loop ? 1 : 0)};
        task.event = 7;
        task.lane = lane;
        task.queued = at(started - 1);
        task.started = at(started);
        batch.trace.live.running.push_back(task);
        return task.task;
    }

    /// A queued task, seen by the next batch.
    TaskId queued(quint64 emission, double time)
    {
        OpenTask task;
        task.task = {EmissionId{emission}, 0};
        task.subscriber = SubscriberId{m_firstSubscriber};
        task.event = 7;
        task.queued = at(time);
        batch.trace.live.queued.push_back(task);
        ++batch.trace.live.queuedCount;
        return task.task;
    }

    /// Sends the batch; the next one is empty.
    void apply(double now)
    {
        batch.trace.live.time = at(now);
        const BatchFact sent = std::exchange(batch, BatchFact());
        m_model.apply(sent);
    }

    BatchFact batch;

private:
    RunModel &m_model;
    quint32 m_firstSubscriber;
};

} // namespace Fanfare
