// SPDX-License-Identifier: MIT
// What comes through a broker: whoever may write there can send anything.
#include "fuzztarget.h"

#include <fanfare/cluster/controlorder.h>
#include <fanfare/cluster/eventenvelope.h>
#include <fanfare/cluster/hostpresence.h>
#include <fanfare/cluster/taskenvelope.h>
#include <fanfare/ipc/taskrecords.h>

#include <QCborArray>
#include <QCborMap>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static TaskEnvelope fuzzedTask()
{
    TaskEnvelope task;
    task.task = {ClusterSession(1), 7};
    task.plugin = u"org.fanfare.basics"_s;
    task.hash = QByteArray(32, 'h');
    task.handler = u"Greeter"_s;
    task.event = u"Größe"_s;
    task.deadline = 5;
    task.arguments = encodeArguments({{1, u"two"_s}, {{u"k"_s, 3.5}}, {{u"field"_s, true}}});
    return task;
}

static EventEnvelope fuzzedEvent(EventKind kind)
{
    EventEnvelope event;
    event.task = {ClusterSession(1), 7};
    event.agent = ClusterSession(2);
    event.counter = 3;
    event.kind = kind;
    event.time = 9;
    event.started = 5;
    event.payload = encodeError({u"type"_s, u"text"_s});
    event.text = u"line"_s;
    event.progress = 0.5;
    event.crash = QCborMap{{u"code"_s, u"signal"_s}}.toCborValue().toCbor();
    return event;
}

QList<QByteArray> fuzzSeeds()
{
    return {
        encode(fuzzedTask()),
        encode({fuzzedEvent(EventKind::Asked), fuzzedEvent(EventKind::Ended)}),
        encode(HostPresence{ClusterSession(2),
                            u"host"_s,
                            1,
                            2,
                            3,
                            4,
                            5,
                            u"1"_s,
                            false,
                            {{u"p"_s, u"1"_s, QByteArray(32, 'h')}}}),
        encode(ControlOrder{ControlKind::Grant, ClusterSession(1), 5, {{ClusterSession(1), 7}}}),
        encode(ClockAnswer{ClusterSession(2), 1, 2, 3})};
}

/// As everything, and what is in it as well: the kind of a message is said by who wrote it.
void fuzzOne(const QByteArray &input)
{
    if (const auto task = decodeTask(input)) {
        (void)decodeArguments(task->arguments);
        (void)taskQueueName(task->plugin, task->hash);
    }
    if (const auto events = decodeEvents(input)) {
        for (const EventEnvelope &event : *events) {
            (void)decodeResult(event.payload);
            (void)decodeError(event.payload);
        }
    }
    (void)decodePresence(input);
    (void)decodeOrder(input);
    (void)decodeClockAnswer(input);
}

QByteArray fuzzMutated(const QByteArray &input, std::mt19937_64 &, const Mutator &mutate)
{
    return mutate(input);
}
