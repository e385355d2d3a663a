// SPDX-License-Identifier: MIT
#include "fanfare/cluster/agentpool.h"

#include "fanfare/cluster/envelopereader.h"

#include <fanfare/ipc/cborbytes.h>
#include <fanfare/ipc/taskrecords.h>

#include <QCborMap>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype maximumLine = 16 * 1024; // characters of a log line

static QString keyOf(const QString &plugin, const QByteArray &hash, const QString &handler)
{
    return plugin + QChar(0) + QString::fromLatin1(hash.toHex()) + QChar(0) + handler;
}

static QString keyOf(const TaskEnvelope &task)
{
    return keyOf(task.plugin, task.hash, task.handler);
}

/// What comes from the broker and goes there stays encoded in between.
static ProcessPoolOptions passingOn(ProcessPoolOptions options, Recorder &recorder,
                                    const std::function<void()> &ended)
{
    options.recorder = &recorder;
    options.ended = ended;
    options.keepsEncoded = true;
    return options;
}

AgentPool::AgentPool(const ProcessPoolOptions &options, std::function<void()> ended)
    : m_pool(passingOn(options, m_recorder, ended))
{
    m_recorder.setSampler([this] { return m_pool.sample(0); });
}

AgentPool::~AgentPool()
{
    m_recorder.setSampler({});
    m_pool.shutdownNow();
}

void AgentPool::setHandlers(const CatalogFact &facts, const EventLinker &linker)
{
    m_handlers.clear();
    m_recipients.clear();
    for (const PluginFact &plugin : facts.plugins) {
        if (!plugin.isActive)
            continue;
        for (const HandlerFact &handler : plugin.handlers) {
            if (const SubscriberPointer subscriber = linker.subscriber(handler.subscriber))
                m_handlers.insert(keyOf(plugin.id, plugin.hash, handler.name), subscriber);
        }
    }
}

QString AgentPool::whyNot(const TaskEnvelope &task) const
{
    if (m_handlers.contains(keyOf(task)))
        return {};
    return u"It has no handler \"%1\" of the build %2 of %3."_s.arg(
        task.handler, QString::fromLatin1(task.hash.toHex().left(8)), task.plugin);
}

bool AgentPool::isCoroutine(const TaskEnvelope &task) const
{
    const SubscriberPointer subscriber = m_handlers.value(keyOf(task));
    return subscriber && subscriber->handler.kind == HandlerKind::Async;
}

/// The handler as it is here, with what the app says about it.
RecipientsPointer AgentPool::recipientsFor(const TaskEnvelope &task)
{
    const QString key = keyOf(task) + QChar(task.isIdempotent ? u'1' : u'0') + task.event;
    RecipientsPointer &found = m_recipients[key];
    if (!found) {
        auto subscriber = std::make_shared<Subscriber>(*m_handlers.value(keyOf(task)));
        subscriber->handler.isIdempotent = task.isIdempotent;
        auto recipients = std::make_shared<Recipients>();
        recipients->event = task.event;
        recipients->subscribers.push_back(std::move(subscriber));
        found = std::move(recipients);
    }
    return found;
}

Result<void> AgentPool::run(const TaskEnvelope &task, quint8 attempt,
                            std::chrono::nanoseconds deadline)
{
    // A worker that gets something else takes its host for mad.
    if (!task.arguments.isEmpty() && !areSimpleArguments(task.arguments, maximumEnvelopeDepth)
        && !decodeArguments(task.arguments))
        return brokenEnvelope("task");
    Submission submission;
    submission.id = EmissionId(++m_lastEmission);
    submission.recipients = recipientsFor(task);
    submission.deadline = deadline;
    submission.origin = {task.origin, attempt};
    submission.encoded = task.arguments;
    auto emission = m_pool.submit(submission);
    if (!emission)
        return emission.error();
    m_open.emplace(m_lastEmission,
                   Open{task.task, attempt, *std::move(emission), isCoroutine(task)});
    m_numbers.insert_or_assign(task.task, m_lastEmission);
    return {};
}

void AgentPool::cancel(const ClusterTaskId &task)
{
    const auto found = m_numbers.find(task);
    if (found != m_numbers.end())
        m_open.at(found->second).emission.cancel();
}

QList<EventEnvelope> AgentPool::takeEvents()
{
    const TraceBatch batch = m_recorder.drain();
    QList<EventEnvelope> events;
    noteLanes(batch);
    tellRunning(batch, events);
    tellLines(batch, events);
    tellEnds(batch, events);
    return events;
}

/// "process 3", "process 3 loop" or "not started".
void AgentPool::noteLanes(const TraceBatch &batch)
{
    for (const LaneInfo &lane : batch.lanes)
        m_slots.insert(number(lane.id), lane.name.section(u' ', 1, 1).toInt() - 1);
}

void AgentPool::tellRunning(const TraceBatch &batch, QList<EventEnvelope> &events)
{
    m_running = 0;
    for (const OpenTask &running : batch.live.running) {
        const auto found = m_open.find(number(running.task.emission));
        if (found == m_open.end())
            continue;
        Open &open = found->second;
        m_running += !open.isCoroutine;
        EventEnvelope event;
        event.task = open.task;
        event.attempt = open.attempt;
        event.slot = quint16(std::max(0, m_slots.value(number(running.lane))));
        event.time = running.started;
        if (!std::exchange(open.isStarted, true))
            events.append(event);
        if (running.progress >= 0 && running.progress != open.progress) {
            open.progress = running.progress;
            event.kind = EventKind::Progress;
            event.time = batch.live.time;
            event.progress = running.progress;
            events.append(event);
        }
    }
}

void AgentPool::tellLines(const TraceBatch &batch, QList<EventEnvelope> &events)
{
    for (const LogLine &line : batch.log) {
        const auto found = m_open.find(number(line.task.emission));
        if (found == m_open.end())
            continue;
        EventEnvelope event;
        event.task = found->second.task;
        event.attempt = found->second.attempt;
        event.kind = EventKind::Logged;
        event.time = line.time;
        event.level = quint8(line.level);
        event.text = line.text.left(maximumLine);
        events.append(event);
    }
}

/// Fills in what \a detail says; a result that cannot travel is a failure of the task.
static void fillEnd(EventEnvelope &event, const TaskDetail &detail)
{
    event.reason = detail.reason;
    if (!detail.crash.isEmpty())
        event.crash = detail.crash.toCborValue().toCbor();
    if (event.crash.size() > maximumEnvelope / 4)
        event.crash.clear();
    if (event.outcome != Outcome::Succeeded) {
        if (!detail.error.isEmpty())
            event.payload = encodeError({detail.error.type, detail.error.what.left(maximumLine)});
        return;
    }
    event.payload = detail.encoded;
    if (event.payload.size() <= maximumEnvelope && isShallow(event.payload))
        return;
    event.outcome = Outcome::Failed;
    event.reason = u"result-too-large"_s;
    event.payload = encodeError(
        {event.reason,
         u"The result takes more than 1024 KiB or is nested deeper than %1, which does not go "
         "through a broker; put it on storage that all hosts share and return the path."_s.arg(
             maximumEnvelopeDepth)});
}

void AgentPool::tellEnds(const TraceBatch &batch, QList<EventEnvelope> &events)
{
    for (const TaskDetail &detail : batch.details)
        m_details.insert_or_assign(number(detail.task.emission), detail);
    for (const SpanRecord &span : batch.spans) {
        const quint64 emission = number(span.task.emission);
        const auto found = m_open.find(emission);
        if (found == m_open.end())
            continue;
        EventEnvelope event;
        event.task = found->second.task;
        event.attempt = found->second.attempt;
        event.kind = EventKind::Ended;
        const int slot = m_slots.value(number(span.lane), -1);
        event.slot = quint16(std::max(0, slot));
        event.time = span.finished;
        event.started = slot >= 0 ? span.started : 0;
        event.outcome = span.outcome;
        event.cpu = span.cpu;
        event.peakMemory = span.peakMemory;
        if (const auto detail = m_details.find(emission); detail != m_details.end()) {
            fillEnd(event, detail->second);
            m_details.erase(detail);
        }
        if (slot >= 0 && !found->second.isCoroutine)
            noteTime(span.finished - span.started);
        events.append(std::move(event));
        m_numbers.erase(found->second.task);
        m_open.erase(found);
    }
}

/// The last ones count most.
void AgentPool::noteTime(qint64 time)
{
    m_meanTime = m_meanTime == 0 ? std::max<qint64>(1, time) : (7 * m_meanTime + time) / 8;
}

} // namespace Fanfare
