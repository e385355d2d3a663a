// SPDX-License-Identifier: MIT
// The half of TaskQueue that workers see.
#include "fanfare/executors/taskqueue.h"

#include <fanfare/base/fastclock.h>

#include <algorithm>
#include <utility>

namespace Fanfare {

/// A worker whose tasks are at least this short keeps watch while it runs them.
static constexpr quint32 steadyLimit = 8;
/// Time of queued work that one worker is left alone with: what waking another one costs. With
/// tasks as short as emitting itself another worker helps little and takes a core from who emits.
static constexpr qint64 bearableBacklog = 40'000; // ns
static constexpr qint64 bearableTinies = 500'000; // ns
static constexpr qint64 tinyTask = 500;           // ns

bool TaskQueue::claim(Worker &worker)
{
    takeOver(worker);
    bool maySearch = true;
    for (;;) {
        const qint64 now = FastClock::now();
        bool searches = false;
        {
            const auto lock = lockBriefly(m_claimMutex);
            if (claimFromQueue(worker, now) || claimFromOthers(worker, now)) {
                wakeMore(worker, now);
                return true;
            }
            setGuarded(worker, false);
            if (m_isClosed && m_fifo.isEmpty())
                return false;
            searches = maySearch && worker.claims > 1 && beginSearch(worker, now);
            if (!searches)
                endWatch(worker); // a lease that was taken on its behalf would hold pushes off
        }
        worker.claimTime = 0; // what follows is not the time of a task
        if (searches && search(worker))
            continue;
        giveBack(worker.released);
        if (!m_watch.isWatched(now))
            trimWarm();
        worker.limit = 1;
        worker.claims = 0;
        maySearch =
            m_watch.sleep([this] { return !m_fifo.isEmpty(); }) == WorkerWatch::Rest::Called;
        if (!maySearch) {
            std::lock_guard lock(m_claimMutex);
            endGuardOfStuck(FastClock::now());
        }
    }
}

/// Counts what the worker did since its last claim.
void TaskQueue::takeOver(Worker &worker)
{
    if (worker.released.size() >= ClaimedTasks::capacity / 2)
        giveBack(worker.released);
    if (worker.ended > 0)
        addEnded(std::exchange(worker.ended, 0));
}

void TaskQueue::giveBack(std::vector<EmissionState *> &emissions)
{
    std::lock_guard lock(m_returnMutex);
    m_returned.insert(m_returned.end(), emissions.begin(), emissions.end());
    emissions.clear();
}

/// How many tasks to claim: as many as take a short time, growing step by step.
static quint32 adaptedLimit(quint32 limit, qint64 taskTime)
{
    const qint64 fitting = WorkerWatch::shortTime / std::max<qint64>(1, taskTime);
    return quint32(std::clamp<qint64>(fitting, 1, std::min(2 * limit, ClaimedTasks::capacity)));
}

bool TaskQueue::claimFromQueue(Worker &worker, qint64 now)
{
    if (worker.claimTime > 0 && worker.claimed.size() > 0) {
        worker.taskTime = (now - worker.claimTime) / worker.claimed.size();
        worker.limit = adaptedLimit(worker.limit, worker.taskTime);
    }
    const quint32 count = worker.claimed.fill(m_fifo, worker.limit);
    if (count == 0)
        return false;
    worker.claimTime = now;
    ++worker.claims;
    addTaken(count);
    updateWatcher(worker, now);
    return true;
}

/// A worker stays or becomes the watcher while its tasks are short.
void TaskQueue::updateWatcher(Worker &worker, qint64 now)
{
    const bool isSteady = worker.limit >= steadyLimit;
    if (m_watcher && m_watcher != &worker && !m_watch.isWatched(now))
        m_watcher = nullptr; // it got stuck
    if (isSteady && (!m_watcher || m_watcher == &worker)) {
        m_watcher = &worker;
        m_watch.setLease(now + WorkerWatch::shortTime);
    } else {
        endWatch(worker);
    }
    setGuarded(worker, m_watcher == &worker || worker.claimed.size() > 1);
}

/// Nobody watches any more, unless it is another worker.
void TaskQueue::endWatch(const Worker &worker)
{
    if (m_watcher && m_watcher != &worker)
        return;
    m_watcher = nullptr;
    m_watch.setLease(0);
}

void TaskQueue::setGuarded(Worker &worker, bool isGuarded)
{
    if (std::exchange(worker.isGuarded, isGuarded) != isGuarded)
        m_watch.addGuarded(isGuarded ? 1 : -1);
}

/// What another worker has claimed and not started is taken over when that one is stuck.
bool TaskQueue::claimFromOthers(Worker &worker, qint64 now)
{
    for (Worker *other : m_workers) {
        if (other == &worker || now - other->claimTime < WorkerWatch::shortTime)
            continue;
        const quint32 remaining = other->claimed.remaining();
        if (remaining == 0 || worker.claimed.fill(other->claimed, (remaining + 1) / 2) == 0)
            continue;
        worker.claimTime = now;
        worker.limit = 1;
        setGuarded(worker, worker.claimed.size() > 1);
        return true;
    }
    return false;
}

/// Wakes another worker when there is more to do than this one can do soon.
void TaskQueue::wakeMore(const Worker &worker, qint64 now)
{
    if (!m_watch.hasSleepers() || m_fifo.isEmpty())
        return;
    const quint64 queued = m_submitted.load(std::memory_order_relaxed) - m_taken.load();
    const qint64 bearable = worker.taskTime < tinyTask ? bearableTinies : bearableBacklog;
    if (m_watch.isWatched(now) && qint64(queued) * worker.taskTime < bearable)
        return;
    m_watch.wakeOne(now);
}

bool TaskQueue::beginSearch(Worker &worker, qint64 now)
{
    if (m_watcher && m_watcher != &worker && m_watch.isWatched(now))
        return false;
    m_watcher = &worker;
    m_watch.setLease(WorkerWatch::endlessLease);
    return true;
}

/// Looks for work for a short time. Whoever pushes meanwhile wakes nobody. False: there was none,
/// and nobody watches any more.
bool TaskQueue::search(Worker &worker)
{
    const qint64 end = FastClock::now() + WorkerWatch::shortTime;
    while (m_fifo.isEmpty() && !m_isClosed.load(std::memory_order_relaxed)
           && FastClock::now() < end) {
        for (int i = 0; i < 8; ++i)
            pauseBriefly();
    }
    if (!m_fifo.isEmpty())
        return true;
    const auto lock = lockBriefly(m_claimMutex);
    endWatch(worker);
    return !m_fifo.isEmpty() || m_isClosed;
}

/// A worker that does not come back has nothing left that somebody has to look after.
void TaskQueue::endGuardOfStuck(qint64 now)
{
    for (Worker *worker : m_workers) {
        const bool isStuck = now - worker->claimTime > WorkerWatch::shortTime;
        if (!worker->isGuarded || !isStuck || worker->claimed.remaining() > 0)
            continue;
        if (m_watcher == worker) {
            m_watcher = nullptr;
            m_watch.setLease(0);
        }
        setGuarded(*worker, false);
    }
}

/// Lets go of the recipients that free emissions still hold: nothing is queued, so there is time.
void TaskQueue::trimWarm()
{
    std::vector<EmissionState *> warm;
    {
        std::scoped_lock lock(m_pushMutex, m_returnMutex);
        warm.swap(m_warm);
        warm.insert(warm.end(), m_returned.begin(), m_returned.end());
        m_returned.clear();
    }
    for (EmissionState *emission : warm)
        emission->trim(); // may run destructors of the embedding program
    std::lock_guard lock(m_pushMutex);
    m_spare.insert(m_spare.end(), warm.begin(), warm.end());
}

void TaskQueue::attach(Worker &worker)
{
    std::lock_guard lock(m_claimMutex);
    m_workers.push_back(&worker);
}

void TaskQueue::attachInPlaceOf(Worker &worker, Worker &stuck)
{
    std::lock_guard lock(m_claimMutex);
    m_workers.push_back(&worker);
    worker.claimed.fill(stuck.claimed, stuck.claimed.remaining());
}

void TaskQueue::detach(Worker &worker)
{
    giveBack(worker.released);
    takeOver(worker);
    std::lock_guard lock(m_claimMutex);
    setGuarded(worker, false);
    endWatch(worker);
    std::erase(m_workers, &worker);
    worker.claims = 0; // it may be attached again
    worker.limit = 1;
    worker.claimTime = 0;
}

} // namespace Fanfare
