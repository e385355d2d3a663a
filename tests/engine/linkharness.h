// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/enginelink.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTest>
#include <QTimer>

#include <optional>

namespace Fanfare::Test {

/// The options of an engine of this build with the bundled plugins.
inline EngineOptions bundledOptions()
{
    EngineOptions options;
    options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
    options.pluginFolders = {QStringLiteral(FANFARE_TEST_PLUGIN_DIR)};
    options.workers = 2;
    return options;
}

inline EmitCommand commandFor(const QString &event, quint64 count = 1, const QCborMap &fields = {})
{
    EmitCommand command;
    command.event = event;
    command.count = count;
    if (!fields.isEmpty()) {
        Arguments arguments;
        arguments.fields = fields;
        command.arguments = {arguments};
    }
    return command;
}

/// Handles events until \a condition holds. Unlike QTest::qWaitFor() it never sleeps in between.
template <typename Condition>
bool waitFor(Condition condition, int timeout)
{
    const QDeadlineTimer deadline(timeout);
    QTimer tick; // lets the loop look at the deadline
    tick.start(100);
    while (!condition() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

/// A link and all that it said.
class LinkHarness : public QObject
{
public:
    explicit LinkHarness(const EngineOptions &options = bundledOptions())
        : link(options)
    {
        connect(&link, &EngineLink::started, this, [this] { ++startCount; });
        connect(&link, &EngineLink::idle, this, [this] { ++idleCount; });
        connect(&link, &EngineLink::batchArrived, this, [this](const BatchFact &b) { add(b); });
        connect(&link, &EngineLink::commandEnded, this,
                [this](const CommandFact &fact) { commands.append(fact); });
        connect(&link, &EngineLink::ended, this, [this](const EngineEndFact &e) { end = e; });
    }

    bool start()
    {
        const int before = startCount;
        end.reset();
        link.start();
        return waitFor([&] { return startCount > before || end; }, 20'000) && startCount > before;
    }
    bool waitForIdle(int timeout = 30'000)
    {
        return waitFor([this] { return idleCount > 0 || end; }, timeout) && idleCount > 0;
    }
    bool waitForEnd(int timeout = 20'000)
    {
        return waitFor([this] { return end.has_value(); }, timeout);
    }
    bool waitForRunning(size_t count)
    {
        return waitFor([&] { return live.running.size() >= count; }, 10'000);
    }

    SubscriberId subscriberOf(const QString &handler) const
    {
        for (const PluginFact &plugin : link.catalog().plugins) {
            for (const HandlerFact &fact : plugin.handlers) {
                if (fact.name == handler)
                    return fact.subscriber;
            }
        }
        return {};
    }
    int spanCount(Outcome outcome) const
    {
        int count = 0;
        for (const SpanRecord &span : spans)
            count += span.outcome == outcome ? 1 : 0;
        return count;
    }
    QStringList linesOf(TaskId task) const
    {
        QStringList lines;
        for (const LogLine &line : log) {
            if (line.task == task)
                lines.append(line.text);
        }
        return lines;
    }

    EngineLink link;
    int startCount = 0;
    int idleCount = 0;
    int batchCount = 0;
    std::vector<LaneInfo> lanes;
    std::vector<LaneEvent> laneEvents;
    std::vector<SpanRecord> spans;
    std::vector<TaskDetail> details;
    std::vector<LogLine> log;
    LiveSample live;
    CounterFact counters;
    quint64 dropped = 0;
    QList<CommandFact> commands;
    std::optional<EngineEndFact> end;

private:
    void add(const BatchFact &batch)
    {
        const TraceBatch &trace = batch.trace;
        ++batchCount;
        lanes.insert(lanes.end(), trace.lanes.begin(), trace.lanes.end());
        laneEvents.insert(laneEvents.end(), trace.laneEvents.begin(), trace.laneEvents.end());
        spans.insert(spans.end(), trace.spans.begin(), trace.spans.end());
        details.insert(details.end(), trace.details.begin(), trace.details.end());
        log.insert(log.end(), trace.log.begin(), trace.log.end());
        dropped += trace.droppedSpans + trace.droppedLines;
        live = trace.live;
        counters = batch.counters;
    }
};

} // namespace Fanfare::Test
