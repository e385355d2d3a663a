// SPDX-License-Identifier: MIT
// What an agent does with tasks: from their delivery to the confirm of their result.
#include "fanfare/cluster/clusteragent.h"

#include "fanfare/cluster/envelopereader.h"

#include <fanfare/base/clock.h>
#include <fanfare/ipc/taskrecords.h>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype messageBytes = 512 * 1024; // of events in one message
static constexpr int coroutineCount = 10'000;         // that may be suspended on one host
static constexpr size_t canceledCount = 100'000;

static EventEnvelope refusalOf(const ClusterTaskId &task, QLatin1StringView reason)
{
    EventEnvelope refused;
    refused.task = task;
    refused.kind = EventKind::Refused;
    refused.time = MonotonicClock::now();
    refused.reason = reason;
    return refused;
}

void ClusterAgent::taskDelivered(quint64 delivery, int attempt, const QByteArray &body)
{
    auto envelope = decodeTask(body);
    if (!envelope) {
        m_transport->settle(delivery, Settlement::DeadLetter);
        return;
    }
    const ClusterTaskId id = envelope->task;
    const auto known = m_tasks.find(id);
    if (known != m_tasks.end()) {
        if (!adopt(known->second, delivery))
            m_transport->settle(delivery, Settlement::Done);
        return;
    }
    if (m_isDraining) {
        m_transport->settle(delivery, Settlement::Requeue);
        return;
    }
    if (m_canceled.erase(id) > 0) { // its app has forgotten it
        m_transport->settle(delivery, Settlement::Done);
        return;
    }
    if (!envelope->isIdempotent && m_apps.isGone(id.app)) { // nobody would say yes
        m_transport->settle(delivery, Settlement::DeadLetter);
        return;
    }
    const bool isCoroutine = m_pool->isCoroutine(*envelope);
    Task task{*std::move(envelope), Phase::Waiting, delivery, quint8(attempt), isCoroutine};
    const QString problem = m_pool->whyNot(task.envelope);
    if (!problem.isEmpty()) {
        EventEnvelope refused = refusalOf(id, "no-such-build"_L1);
        refused.attempt = task.attempt;
        refused.text = problem;
        task.phase = Phase::Ended;
        tell(std::move(refused));
    } else {
        waitingWith(task).push_back(id);
    }
    m_tasks.emplace(id, std::move(task));
}

/// Whether a copy of \a known is the one to be settled from now on: the former one died with its
/// connection, and it is not settled yet.
bool ClusterAgent::adopt(Task &known, quint64 delivery)
{
    const bool isOpen = known.envelope.isIdempotent || known.phase < Phase::Running;
    if (known.delivery != 0 || !isOpen)
        return false;
    known.delivery = delivery;
    return true;
}

void ClusterAgent::settle(Task &task, Settlement settlement)
{
    if (const quint64 delivery = std::exchange(task.delivery, 0))
        m_transport->settle(delivery, settlement);
}

/// How many tasks to start at once: as many as workers, and short ones ahead of time, because the
/// way to a worker takes as long as they do.
int ClusterAgent::parallel() const
{
    const qint64 mean = m_pool->meanTime();
    const int workers = m_pool->workerCount();
    if (mean == 0 || mean > 50'000'000)
        return workers;
    return mean > 5'000'000 ? 2 * workers : std::max(2 * workers, m_prefetch);
}

/// Suspended coroutines occupy no worker, so they do not wait for one, and nobody for them.
bool ClusterAgent::hasPlace(const Task &task) const
{
    return task.isCoroutine ? m_openCoroutines < coroutineCount : m_openOthers < parallel();
}

/// An only worker keeps the order, as that of a process pool does.
std::deque<ClusterTaskId> &ClusterAgent::waitingWith(const Task &task)
{
    return task.isCoroutine && m_pool->workerCount() > 1 ? m_waitingCoroutines : m_waiting;
}

void ClusterAgent::startWaiting()
{
    startFirst(m_waitingCoroutines);
    startFirst(m_waiting);
}

void ClusterAgent::startFirst(std::deque<ClusterTaskId> &waiting)
{
    for (; !waiting.empty(); waiting.pop_front()) {
        const auto found = m_tasks.find(waiting.front());
        if (found == m_tasks.end() || found->second.phase != Phase::Waiting)
            continue;
        Task &task = found->second;
        if (!hasPlace(task))
            return;
        ++openOf(task);
        if (task.envelope.isIdempotent) {
            startTask(task);
        } else {
            task.phase = Phase::Asked;
            task.since = MonotonicClock::now();
            m_apps.noteQuestion(task.envelope.task.app, task.since);
            ask(task);
        }
    }
}

void ClusterAgent::ask(Task &task)
{
    task.asked = MonotonicClock::now();
    EventEnvelope question;
    question.task = task.envelope.task;
    question.attempt = task.attempt;
    question.kind = EventKind::Asked;
    question.time = task.asked;
    tell(std::move(question));
}

void ClusterAgent::startTask(Task &task)
{
    auto deadline = std::chrono::nanoseconds(task.envelope.deadline);
    const auto longest = m_options.longestTask;
    task.isCut = task.envelope.isIdempotent && (deadline.count() == 0 || deadline > longest);
    if (task.isCut)
        deadline = longest;
    task.phase = Phase::Running;
    const auto started = m_pool->run(task.envelope, task.attempt, deadline);
    task.envelope.arguments.clear();
    if (!started)
        tellEnd(task, Outcome::Rejected, u"host-refused"_s, started.error().message);
    if (!m_look.isActive())
        m_look.start();
}

void ClusterAgent::granted(const QList<ClusterTaskId> &tasks)
{
    std::vector<Task *> starting;
    for (const ClusterTaskId &id : tasks) {
        const auto found = m_tasks.find(id);
        if (found == m_tasks.end())
            tellMissing(id);
        if (found == m_tasks.end() || found->second.phase != Phase::Asked)
            continue;
        settle(found->second, Settlement::Done);
        starting.push_back(&found->second);
    }
    m_transport->flush(); // before they start: they must not come again
    for (Task *task : starting) {
        if (task->phase == Phase::Asked) // not named twice
            startTask(*task);
    }
}

/// The word came too late: it was given up, or has ended, which its app has heard of before this.
void ClusterAgent::tellMissing(const ClusterTaskId &id)
{
    EventEnvelope refused = refusalOf(id, notHere);
    refused.text = u"It has given the task up, since its app had said nothing for long."_s;
    tell(std::move(refused));
}

void ClusterAgent::denied(const ClusterTaskId &id)
{
    const auto found = m_tasks.find(id);
    if (found == m_tasks.end() || found->second.phase != Phase::Asked)
        return;
    settle(found->second, Settlement::Done);
    --openOf(found->second);
    m_tasks.erase(found);
}

void ClusterAgent::canceled(const ClusterTaskId &id)
{
    const auto found = m_tasks.find(id);
    if (found == m_tasks.end()) {
        if (m_canceled.size() >= canceledCount)
            m_canceled.clear(); // they start in vain, and nobody hears of it
        m_canceled.insert(id);
    } else if (found->second.phase == Phase::Waiting) {
        settle(found->second, Settlement::Done);
        m_tasks.erase(found);
    } else if (found->second.phase == Phase::Running) {
        m_pool->cancel(id);
    } // what has asked is answered
}

/// Its tasks that start once cannot start without it. If it comes back it hears of them as dead,
/// and publishes them again.
void ClusterAgent::giveUpApp(ClusterSession app)
{
    int count = 0;
    for (auto at = m_tasks.begin(); at != m_tasks.end();) {
        Task &task = at->second;
        const bool waitsForIt = at->first.app == app && !task.envelope.isIdempotent
            && (task.phase == Phase::Waiting || task.phase == Phase::Asked);
        if (!waitsForIt) {
            ++at;
            continue;
        }
        settle(task, Settlement::DeadLetter);
        if (task.phase == Phase::Asked)
            --openOf(task);
        at = m_tasks.erase(at);
        ++count;
    }
    if (count > 0) {
        Q_EMIT warned(u"The app %1 is gone or says nothing; tasks of it that waited for its word "
                      "went to the list of dead tasks: %3."_s.arg(QString::number(number(app), 16))
                          .arg(count));
    }
}

// --- what is told

void ClusterAgent::tell(EventEnvelope event)
{
    const quint64 app = number(event.task.app);
    event.agent = m_session;
    event.counter = ++m_counters[app];
    m_events[app].append(std::move(event));
}

/// It was not its own deadline that ended it, and whoever reads of it can do something about it.
void ClusterAgent::explainCut(EventEnvelope &event) const
{
    if (event.kind != EventKind::Ended || event.outcome != Outcome::TimedOut)
        return;
    const auto found = m_tasks.find(event.task);
    if (found == m_tasks.end() || !found->second.isCut)
        return;
    using Minutes = std::chrono::duration<double, std::ratio<60>>;
    event.reason = u"host-limit"_s;
    event.payload = encodeError(
        {event.reason,
         u"Its host ended it after %1 minutes: an idempotent task is settled at its end, and "
         u"brokers "
         "wait for that no longer than their consumer_timeout, 30 minutes unless set. Raise that "
         "and "
         "start hosts with a greater --longest-task, or do not mark the handler as idempotent."_s
             .arg(Minutes(m_options.longestTask).count())});
}

void ClusterAgent::tellEnd(const Task &task, Outcome outcome, const QString &reason,
                           const QString &text)
{
    EventEnvelope end;
    end.task = task.envelope.task;
    end.attempt = task.attempt;
    end.kind = EventKind::Ended;
    end.time = MonotonicClock::now();
    end.outcome = outcome;
    end.reason = reason;
    end.payload = encodeError({reason, text});
    tell(std::move(end));
}

/// Many events in one message: a message costs the broker some ten times what an event costs here.
void ClusterAgent::sendEvents()
{
    if (m_status.state != BrokerState::Connected)
        return;
    for (auto &[app, events] : std::exchange(m_events, {})) {
        qsizetype first = 0;
        while (first < events.size()) {
            qsizetype last = first;
            qsizetype bytes = 0;
            QList<ClusterTaskId> ended;
            while (last < events.size() && (last == first || bytes < messageBytes)) {
                const EventEnvelope &event = events[last++];
                bytes += sizeOf(event);
                if (event.kind == EventKind::Ended || event.kind == EventKind::Refused)
                    ended.append(event.task);
            }
            const QByteArray body = encode(events.mid(first, last - first));
            first = last;
            if (ended.isEmpty()) {
                m_transport->publish(ClusterTransport::Message::Events, ClusterSession(app), 0,
                                     body);
                continue;
            }
            for (const ClusterTaskId &id : ended) {
                const auto found = m_tasks.find(id);
                if (found == m_tasks.end())
                    continue;
                if (std::exchange(found->second.phase, Phase::Ended) == Phase::Running)
                    --openOf(found->second);
            }
            Kept &kept = m_kept[++m_lastMessage];
            kept = {ClusterSession(app), body, ended, true};
            sendKept(m_lastMessage, kept);
        }
    }
}

void ClusterAgent::sendKept(quint64 number, Kept &kept)
{
    kept.isDue = false;
    m_transport->publish(ClusterTransport::Message::Events, kept.app, number, kept.body);
}

void ClusterAgent::messageAccepted(quint64 number)
{
    const auto found = m_kept.find(number);
    if (found == m_kept.end())
        return;
    for (const ClusterTaskId &id : std::as_const(found->second.tasks)) {
        const auto task = m_tasks.find(id);
        if (task == m_tasks.end())
            continue;
        settle(task->second, Settlement::Done);
        m_tasks.erase(task);
    }
    m_kept.erase(found);
}

/// Everything that happened since the last turn, told together.
void ClusterAgent::turn()
{
    m_isTurnDue = false;
    if (m_isFinished)
        return;
    for (EventEnvelope &event : m_pool->takeEvents()) {
        explainCut(event);
        tell(std::move(event));
    }
    sendEvents(); // frees places
    startWaiting();
    sendEvents(); // questions
    if (m_pool->openCount() == 0)
        m_look.stop();
    growPrefetch();
    endWhenDone();
}

} // namespace Fanfare
