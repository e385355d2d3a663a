// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>

#include <chrono>

/// Facts as an engine with two small plugins would report them, for tests without an engine.
namespace SampleFacts {

using namespace Qt::StringLiterals;
using namespace Fanfare;

/// Plugin "basics": StringEvent -> [Sync] (1), [Async] (2); typed Sleep{ms} -> sleep (3);
/// free Echo -> echo (4). Plugin "checksum": typed FileAdded{path} -> sha256 (5). A refused file.
inline CatalogFact catalog()
{
    const FieldFact ms{u"ms"_s, u"int"_s, u"Milliseconds to sleep"_s, 100, 0, 1000};
    const FieldFact path{u"path"_s, u"path"_s, u"The file"_s, QString(), {}, {}};
    PluginFact basics;
    basics.path = u"/plugins/basics.so"_s;
    basics.id = u"org.fanfare.basics"_s;
    basics.name = u"basics"_s;
    basics.version = u"1.0"_s;
    basics.state = PluginState::Active;
    basics.isActive = true;
    basics.events = {{u"StringEvent"_s, u"Two handlers of a second each"_s, {}, false, 1},
                     {u"Sleep"_s, u"Occupies a worker"_s, {ms}, true, 2},
                     {u"Echo"_s, u"Returns what it was given"_s, {}, false, 3}};
    basics.handlers = {
        {SubscriberId{1}, u"[Sync]"_s, u"Blocks its worker"_s, {u"StringEvent"_s}, false},
        {SubscriberId{2}, u"[Async]"_s, u"Waits beside it"_s, {u"StringEvent"_s}, true},
        {SubscriberId{3}, u"sleep"_s, {}, {u"Sleep"_s}, false},
        {SubscriberId{4}, u"echo"_s, {}, {u"Echo"_s}, false},
    };
    PluginFact checksum;
    checksum.path = u"/plugins/checksum.so"_s;
    checksum.name = u"checksum"_s;
    checksum.state = PluginState::Active;
    checksum.isActive = true;
    checksum.events = {{u"FileAdded"_s, u"A file is there"_s, {path}, true, 4}};
    checksum.handlers = {{SubscriberId{5}, u"sha256"_s, {}, {u"FileAdded"_s}, false}};
    PluginFact refused;
    refused.path = u"/plugins/broken.so"_s;
    refused.state = PluginState::Refused;
    refused.code = u"not-a-library"_s;
    refused.message = u"broken.so is not a library: build it again for this machine."_s;
    return {{basics, checksum, refused}, {}};
}

inline LaneInfo lane()
{
    return {LaneId{0}, LaneKind::Thread, u"thread 1"_s, 4711};
}

/// A task that waited 1 ms and ran 2 ms, beginning at \a queued.
inline SpanRecord span(TaskId task, quint32 subscriber, qint64 queued,
                       Outcome outcome = Outcome::Succeeded)
{
    SpanRecord record;
    record.task = task;
    record.queued = queued;
    record.started = queued + 1'000'000;
    record.finished = queued + 3'000'000;
    record.cpu = 1'500'000;
    record.subscriber = SubscriberId{subscriber};
    record.event = 1;
    record.outcome = outcome;
    return record;
}

inline LogLine line(qint64 time, TaskId task, quint32 subscriber, const QString &text,
                    LogLevel level = LogLevel::Printed)
{
    return {time, task, SubscriberId{subscriber}, level, text};
}

inline BatchFact batch(std::vector<SpanRecord> spans, std::vector<LogLine> lines = {},
                       std::vector<TaskDetail> details = {})
{
    BatchFact fact;
    fact.trace.lanes = {lane()};
    fact.trace.spans = std::move(spans);
    fact.trace.log = std::move(lines);
    fact.trace.details = std::move(details);
    return fact;
}

inline constexpr TaskId task(quint64 emission, quint16 index = 0)
{
    return {EmissionId{emission}, index};
}

} // namespace SampleFacts
