// SPDX-License-Identifier: MIT
#include "fanfare/processes/poolhost.h"

#include <fanfare/base/clock.h>

#include <QRandomGenerator>

#include <algorithm>
#include <unordered_map>

namespace Fanfare {

PoolHost::PoolHost(const PoolHostOptions &options, PoolAccount &account, CallbackThread &callbacks)
    : m_spawn(options.spawn)
    , m_account(account)
    , m_callbacks(callbacks)
    , m_crashed(options.crashed)
    , m_ended(options.ended)
    , m_keepsEncoded(options.keepsEncoded)
    , m_lanes(options.recorder)
    , m_supervisor(options.supervisor, {*this, *this, *this, *this})
    , m_workers(size_t(options.supervisor.workers))
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_armed = never;
        post({});
    });
    m_account.setCancelNotice([this] { lookForCancellations(); });
}

PoolHost::~PoolHost()
{
    m_account.setCancelNotice({});
}

// --- from other threads

void PoolHost::post(Command command)
{
    QMetaObject::invokeMethod(
        this,
        [this, command = std::move(command)] {
            {
                std::lock_guard lock(m_mutex);
                readClock();
                takeArrivals();
                if (command)
                    command();
            }
            turnEnded();
        },
        Qt::QueuedConnection);
}

void PoolHost::wake()
{
    if (!m_isWakeDue.exchange(true))
        post({});
}

/// On the thread that emits, because a change of threads takes longer than all the rest of a short
/// task. Only what finds the pool at rest: while workers are busy it is better to let more gather.
void PoolHost::startAtOnce()
{
    if (!m_isAtRest.load(std::memory_order_relaxed) || !writeArrivals())
        wake();
}

/// False when something is left to do for the owner.
bool PoolHost::writeArrivals()
{
    std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock)
        return false;
    readClock();
    takeArrivals();
    bool isDone = m_supervisor.startAtOnce() && m_done.empty() && m_callingBack.empty();
    for (Worker &worker : m_workers)
        isDone &= !worker.process || worker.process->write();
    noteAtWorkers();
    return isDone && m_armed <= m_supervisor.nextTime();
}

/// On the thread that emits, so that its emission finds room at once.
bool PoolHost::dropOldest(const QueueLoad &load)
{
    std::vector<PoolDelivery> dropped;
    bool isFull = false;
    {
        std::lock_guard lock(m_mutex);
        readClock();
        takeArrivals();
        const QueueLoad shortage = m_account.shortage(load);
        isFull = shortage.tasks > 0 || shortage.bytes > 0;
        std::vector<PoolDelivery> others = std::exchange(m_done, {}); // they stay with the turn
        qint64 bytes = 0;
        while ((m_done.size() < shortage.tasks || bytes < shortage.bytes)
               && m_supervisor.dropOldest())
            bytes += m_done.back().bytes;
        dropped = std::exchange(m_done, std::move(others));
    }
    m_account.countDroppedOldest(dropped.size());
    m_account.complete(dropped);
    return !isFull || !dropped.empty();
}

void PoolHost::close(bool cancelsUnstarted)
{
    post([this, cancelsUnstarted] {
        if (cancelsUnstarted)
            cancelUnstarted();
        m_supervisor.close();
    });
}

void PoolHost::killAll()
{
    post([this] { m_supervisor.killAll(); });
}

void PoolHost::cancelAll()
{
    post([this] {
        std::vector<TaskNumber> numbers;
        forEachTask([&](const PoolTask &task) {
            parcel(task.number).emission->detail().cancel();
            numbers.push_back(task.number);
        });
        for (const TaskNumber number : numbers)
            m_supervisor.cancel(number);
    });
}

void PoolHost::rejectWithdrawn()
{
    post([this] {
        std::vector<TaskNumber> withdrawn;
        forEachTask([&](const PoolTask &task) {
            if (parcel(task.number).subscriber().handler.isWithdrawn())
                withdrawn.push_back(task.number);
        });
        for (const TaskNumber number : withdrawn)
            m_supervisor.rejectIfQueued(number, withdrawnReason);
    });
}

PoolCounters PoolHost::counters() const
{
    std::lock_guard lock(m_mutex);
    return m_supervisor.counters();
}

// --- the turn

void PoolHost::readClock()
{
    m_now = MonotonicClock::now();
}

void PoolHost::takeArrivals()
{
    m_isWakeDue = false; // before looking, so that nothing is overlooked
    m_account.takeArrivals(m_arrivals);
    for (PoolArrival &arrival : m_arrivals) {
        const Route &route = m_routes.routeOf(arrival.emission->recipientsPointer());
        const auto count = quint32(arrival.emission->taskCount());
        for (quint32 i = 0; i < count; ++i) {
            const TaskNumber number = submit(arrival, route, i);
            if (parcel(number).subscriber().handler.isWithdrawn())
                m_supervisor.rejectIfQueued(number, withdrawnReason);
        }
    }
}

/// The arguments of an emission stay until the last of its tasks has ended, usually this one.
static bool isLastOfItsEmission(const EmissionState &emission, quint32 index)
{
    return index + 1 == emission.taskCount()
        || emission.placeOf(index + 1).emission != emission.placeOf(index).emission;
}

TaskNumber PoolHost::submit(const PoolArrival &arrival, const Route &route, quint32 index)
{
    const EmissionState::Place place = arrival.emission->placeOf(index);
    TaskSpec spec = route.specs[place.subscriber];
    if (arrival.deadline.count() > 0)
        spec.deadline = arrival.deadline.count();
    const TaskNumber number = m_supervisor.submit(spec);
    if (m_parcels.size() <= TaskTable::place(number))
        m_parcels.resize(TaskTable::place(number) + 1);
    PoolParcel &parcel = m_parcels[TaskTable::place(number)];
    parcel.emission = arrival.emission;
    parcel.index = index;
    parcel.event = route.event;
    if (!arrival.arguments.isEmpty())
        parcel.arguments = arrival.arguments[place.emission % arrival.arguments.size()];
    if (place.emission < arrival.arguments.size() && isLastOfItsEmission(*arrival.emission, index))
        parcel.charge = parcel.arguments.size;
    return number;
}

/// What is decided at the end of a turn is written at once, and told when all is consistent and
/// nothing is locked any more.
void PoolHost::turnEnded()
{
    std::unique_lock lock(m_mutex);
    readClock();
    m_supervisor.pump();
    for (Worker &worker : m_workers) {
        if (worker.process)
            worker.process->flush();
    }
    std::vector<PoolDelivery> done = std::exchange(m_done, {});
    std::vector<PoolDelivery> callingBack = std::exchange(m_callingBack, {});
    noteAtWorkers();
    const bool isFinished = m_supervisor.isFinished();
    const PoolTime next = m_supervisor.nextTime();
    lock.unlock();

    if (m_ended && !(done.empty() && callingBack.empty()))
        m_ended();
    m_callbacks.post(callingBack);
    m_account.complete(done);
    if (isFinished) {
        finish();
        return;
    }
    arm(next);
}

/// Under the lock, so that what is told last is what holds.
void PoolHost::noteAtWorkers()
{
    const PoolCounters counters = m_supervisor.counters();
    m_isAtRest = counters.queued + counters.sent + counters.started == 0;
    m_account.setAtWorkers(counters.started, {counters.sent + counters.started, m_bytesAtWorkers});
}

void PoolHost::finish()
{
    m_timer.stop();
    if (!std::exchange(m_isFinished, true))
        Q_EMIT finished();
}

/// Wakes up at \a time at the latest. Waking up early costs less than moving the timer each turn.
void PoolHost::arm(PoolTime time)
{
    if (time >= m_armed)
        return;
    m_armed = time;
    const PoolTime delay = std::clamp<PoolTime>(time - m_now, 0, 3600 * seconds);
    m_timer.start(int((delay + milliseconds - 1) / milliseconds));
}

std::uint64_t PoolHost::next()
{
    return QRandomGenerator::global()->generate64();
}

// --- cancellation

void PoolHost::forEachTask(const std::function<void(const PoolTask &)> &look)
{
    std::vector<const TaskList *> lists;
    for (const TaskList *list : m_supervisor.waiting())
        lists.push_back(list);
    for (const Slot &slot : m_supervisor.slots())
        lists.push_back(&slot.sent);
    for (const TaskList *list : lists) {
        for (std::uint32_t place = list->first; place; place = m_supervisor.tasks().at(place).next)
            look(m_supervisor.tasks().at(place));
    }
}

/// Emission::cancel() only raises a flag and says so. Many cancellations share one look.
void PoolHost::lookForCancellations()
{
    if (!m_isCancelDue.exchange(true))
        post([this] { cancelCanceled(); });
}

/// Finds out whose flag it was.
void PoolHost::cancelCanceled()
{
    m_isCancelDue = false; // before looking, so that nothing is overlooked
    std::vector<TaskNumber> canceled;
    forEachTask([&](const PoolTask &task) {
        if (parcel(task.number).emission->isCanceled())
            canceled.push_back(task.number);
    });
    for (const TaskNumber number : canceled)
        m_supervisor.cancel(number);
}

/// Ends the emissions of which no task was ever given to a worker.
void PoolHost::cancelUnstarted()
{
    std::unordered_map<const EmissionState *, std::vector<TaskNumber>> queued;
    forEachTask([&](const PoolTask &task) {
        const bool isQueued = task.phase == TaskPhase::Queued || task.phase == TaskPhase::Kept;
        if (isQueued && task.attempt == 1)
            queued[parcel(task.number).emission].push_back(task.number);
    });
    for (const auto &[emission, numbers] : queued) {
        if (numbers.size() < emission->taskCount())
            continue;
        for (const TaskNumber number : numbers)
            m_supervisor.cancelIfQueued(number);
    }
}

} // namespace Fanfare
