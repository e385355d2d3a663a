// SPDX-License-Identifier: MIT
#include "fanfare/engine/emitscheduler.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <limits>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr size_t maximumPlans = 64; ///< that emit at the same time; more wait
static constexpr quint64 sliceSize = 256;  ///< emissions of one plan before the next has its turn
/// Coroutines wait outside of the queue and its bound; each costs about 2 KiB.
static constexpr quint64 maximumRunning = 200'000;
/// Ended tasks that nobody has drained from the recorder: about 0.3 KiB each without their results.
static constexpr quint64 maximumUnreported = 50'000;
static constexpr qint64 turnLength = 2'000'000; ///< ns before the event loop has its turn

EmitScheduler::EmitScheduler(EventEmitter &emitter, Recorder &recorder, PipeWriter &writer,
                             FlightLog &flight, Queue queue, QObject *parent)
    : QObject(parent)
    , m_emitter(emitter)
    , m_queue(queue)
    , m_refused(emitter.linker(), recorder)
    , m_writer(writer)
    , m_flight(flight.commands)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &EmitScheduler::emitDue);
    connect(&m_writer, &PipeWriter::written, this, [this] {
        if (!isEmpty() && !m_isEmitting && !m_timer.isActive())
            schedule(MonotonicClock::now());
    });
}

EmitScheduler::~EmitScheduler() = default;

void EmitScheduler::add(quint64 command, EmitMessage message, std::chrono::nanoseconds deadline)
{
    m_waiting.push_back(
        std::make_unique<EmitPlan>(command, std::move(message), MonotonicClock::now()));
    m_waiting.back()->deadline = deadline;
    if (!m_isEmitting)
        m_timer.start(0);
}

void EmitScheduler::activateWaiting()
{
    while (!m_waiting.empty() && m_plans.size() < maximumPlans) {
        EmitPlan &plan = *m_waiting.front();
        plan.flight = m_flight.take(plan.number(), m_writer.writtenTotal());
        if (!plan.flight)
            return;
        m_plans.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
}

void EmitScheduler::emitDue()
{
    if (std::exchange(m_isEmitting, true))
        return;
    m_isFull = false;
    const quint64 before = m_emissions;
    qint64 now = MonotonicClock::now();
    const qint64 end = now + turnLength;
    bool hasMore = true;
    while (hasMore && now < end && !isStopping() && !m_writer.isCongested()) {
        activateWaiting();
        hasMore = false;
        for (size_t i = 0; i < m_plans.size(); ++i)
            hasMore |= emitSlice(*m_plans[i], now);
        removeEnded();
        now = MonotonicClock::now();
    }
    m_isEmitting = false;
    endStopped();
    if (!m_stopReason.isEmpty())
        endAll(std::exchange(m_stopReason, {}));
    if (m_emissions != before)
        Q_EMIT emitted();
    schedule(now);
}

/// What was emitted already is as much as this process should keep.
bool EmitScheduler::isHeldBack()
{
    const ExecutorCounters counters = m_emitter.executor().counters();
    const quint64 ended = counters.ended + m_refused.tasks();
    const bool hasUnreported = ended >= m_reported + maximumUnreported;
    if (hasUnreported)
        Q_EMIT reportsWanted();
    return hasUnreported || counters.running >= maximumRunning;
}

/// So many emissions are open that \a plan has to wait for the end of one.
bool EmitScheduler::isAtBound(const EmitPlan &plan) const
{
    return plan.concurrency() > 0 && m_open >= plan.concurrency();
}

void EmitScheduler::countUntilItEnds(const Emission &emission)
{
    if (emission.isFinished())
        return;
    ++m_open;
    // Without a handle nobody would be told of the end.
    emission.future().then(this, [this, emission](const std::vector<TaskStatus> &) {
        --m_open;
        if (!isEmpty() && !m_isEmitting)
            emitDue();
    });
}

/// True when more of \a plan is due at once.
bool EmitScheduler::emitSlice(EmitPlan &plan, qint64 now)
{
    m_isFull = m_isFull || isHeldBack();
    quint64 count = std::min(plan.dueCount(now), sliceSize);
    for (; count > 0 && !m_isFull && !isStopping() && !isAtBound(plan); --count) {
        switch (emitOne(plan)) {
        case Step::Accepted:
            break;
        case Step::Full:
            m_isFull = true;
            break;
        case Step::Ended:
            return false;
        }
    }
    return !m_isFull && !isAtBound(plan) && !plan.isComplete() && plan.dueCount(now) > 0;
}

Result<Emission> EmitScheduler::tryToEmit(const EmitPlan &plan)
{
    return m_emitter.emit(plan.event(), plan.nextArguments(), {plan.nextId(), plan.deadline});
}

EmitScheduler::Step EmitScheduler::emitOne(EmitPlan &plan)
{
    auto emission = tryToEmit(plan);
    const auto isFull = [&] { return !emission && emission.error().code == ErrorCode::QueueFull; };
    if (isFull() && m_queue.policy == FullPolicy::Reject)
        return addRejected(plan);
    if (isFull() && m_emitter.executor().counters().queued > 0)
        return Step::Full;
    if (isFull()) // the queue is empty now: what does not fit this time never will
        emission = tryToEmit(plan);
    if (!emission) {
        end(plan, emission.error().message);
        return Step::Ended;
    }
    if (plan.concurrency() > 0)
        countUntilItEnds(*emission);
    return addAccepted(plan, emission->taskCount());
}

EmitScheduler::Step EmitScheduler::addAccepted(EmitPlan &plan, int tasks)
{
    plan.addAccepted(tasks);
    ++m_emissions;
    m_tasks += quint64(tasks);
    if (plan.isComplete())
        end(plan, {});
    return Step::Accepted;
}

/// An emission that the executor refused is one whose tasks have ended: it can be seen.
EmitScheduler::Step EmitScheduler::addRejected(EmitPlan &plan)
{
    return addAccepted(plan, m_refused.add(plan.event(), plan.nextId(), m_queue.bound));
}

QueueFact EmitScheduler::queue() const
{
    const ExecutorCounters counters = m_emitter.executor().counters();
    return {m_queue.bound,         m_queue.policy,         counters.highWater,
            m_refused.emissions(), counters.droppedOldest, m_isFull && !isEmpty()};
}

void EmitScheduler::end(EmitPlan &plan, const QString &error)
{
    plan.end();
    Q_EMIT commandEnded(plan.fact(error)); // sends the report, which the next line counts on
    if (plan.flight)
        m_flight.release(std::exchange(plan.flight, nullptr), m_writer.sentTotal());
}

void EmitScheduler::removeEnded()
{
    std::erase_if(m_plans, [](const auto &plan) { return plan->hasEnded(); });
}

void EmitScheduler::stopAll(const QString &why)
{
    if (m_isEmitting) // an emission is being accepted: its command is ended behind it
        m_stopReason = why;
    else
        endAll(why);
}

void EmitScheduler::stop(const EmissionRange &range, const QString &why)
{
    m_stops.push_back({range, why});
    if (!m_isEmitting)
        endStopped();
}

void EmitScheduler::endStopped()
{
    for (const Stop &stop : std::exchange(m_stops, {})) {
        for (const auto &plan : m_plans) {
            if (!plan->hasEnded() && plan->isRestIn(stop.range))
                end(*plan, stop.why);
        }
        for (const auto &plan : m_waiting) {
            if (plan->isRestIn(stop.range))
                end(*plan, stop.why);
        }
    }
    removeEnded();
    std::erase_if(m_waiting, [](const auto &plan) { return plan->hasEnded(); });
}

void EmitScheduler::endAll(const QString &error)
{
    for (const auto &plan : m_plans) {
        if (!plan->hasEnded())
            end(*plan, error);
    }
    for (const auto &plan : m_waiting)
        end(*plan, error);
    m_plans.clear();
    m_waiting.clear();
    m_timer.stop();
}

QList<CommandProgress> EmitScheduler::progress() const
{
    QList<CommandProgress> progress;
    for (const auto &plan : m_plans) {
        if (!plan->hasEnded())
            progress.append({plan->number(), plan->acceptedCount()});
    }
    return progress;
}

void EmitScheduler::schedule(qint64 now)
{
    if (isEmpty() || m_writer.isCongested())
        m_timer.stop(); // add() and written() start it again
    else
        m_timer.start(waitingTime(now));
}

/// Milliseconds until there is something to do.
int EmitScheduler::waitingTime(qint64 now) const
{
    const bool canActivate = !m_waiting.empty() && m_plans.size() < maximumPlans;
    if (m_isFull || canActivate)
        return 1;
    qint64 due = std::numeric_limits<qint64>::max();
    for (const auto &plan : m_plans) {
        if (!isAtBound(*plan)) // else the end of an emission wakes this up
            due = std::min(due, plan->nextDue());
    }
    constexpr qint64 longest = 60'000'000'000; // ns; nothing is missed by a look now and then
    const qint64 wait = std::min(due - now, longest) + 999'999;
    return int(std::max<qint64>(wait, 0) / 1'000'000);
}

} // namespace Fanfare
