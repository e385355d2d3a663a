// SPDX-License-Identifier: MIT
#include "fanfare/executors/taskqueue.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <utility>

namespace Fanfare {

static void pause()
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

TaskQueue::TaskQueue(size_t bound)
    : m_bound(bound)
    , m_pool(new EmissionPool)
{
}

TaskQueue::~TaskQueue()
{
    m_pool->giveBack(m_spare);
    m_pool->giveBack(m_warm);
    m_pool->abandon();
}

/// Locks for a moment only, as everybody here does: so it is worth a few tries before the kernel
/// is asked.
std::unique_lock<std::mutex> TaskQueue::lockBriefly() const
{
    std::unique_lock lock(m_mutex, std::defer_lock);
    for (int tries = 0; tries < 100; ++tries) {
        if (lock.try_lock())
            return lock;
        pause();
    }
    lock.lock();
    return lock;
}

static bool isCoroutine(const Recipients &recipients, quint32 index)
{
    return recipients.subscribers[index]->handler.kind == HandlerKind::Async;
}

TaskQueue::Pushed TaskQueue::push(Submission &submission, EmissionState *&emission,
                                  std::vector<TaskEntry> *coroutines)
{
    const size_t count = submission.recipients->subscribers.size();
    const qint64 now = MonotonicClock::now();
    auto lock = lockBriefly();
    if (m_isClosed)
        return Pushed::Closed;
    if (m_entries.size() + count > m_bound)
        return Pushed::Full;
    if (m_warm.empty() && m_spare.empty())
        m_pool->take(64, m_spare);
    std::vector<EmissionState *> &from = m_warm.empty() ? m_spare : m_warm;
    emission = from.back();
    from.pop_back();
    emission->begin(submission.id, submission.recipients, std::move(submission.arguments), now);
    const bool splits = coroutines && submission.recipients->hasAsync;
    for (quint32 i = 0; i < count; ++i) {
        if (splits && isCoroutine(*submission.recipients, i))
            coroutines->push_back({emission, i});
        else
            m_entries.push_back({emission, i});
    }
    ++m_emissions;
    m_submitted += count;
    m_hasWork.store(!m_entries.empty(), std::memory_order_relaxed);
    const bool wakes = !m_entries.empty() && m_sleeping > m_woken && !isWatched(now);
    m_woken += wakes;
    lock.unlock();
    if (wakes)
        m_available.notify_one();
    return Pushed::Accepted;
}

/// True while a worker is about to look at the queue by itself.
bool TaskQueue::isWatched(qint64 now) const
{
    return m_watcher && now - m_watchTime < shortTime;
}

bool TaskQueue::claim(Worker &worker)
{
    auto lock = lockBriefly();
    takeOver(worker);
    for (;;) {
        if (claimFromQueue(worker) || claimFromOthers(worker))
            return true;
        if (m_isClosed) {
            if (m_watcher == &worker)
                m_watcher = nullptr;
            return false;
        }
        waitForWork(worker, lock);
    }
}

/// Counts what the worker did since its last claim.
void TaskQueue::takeOver(Worker &worker)
{
    m_warm.insert(m_warm.end(), worker.released.begin(), worker.released.end());
    worker.released.clear();
    m_ended += std::exchange(worker.ended, 0);
    if (m_ended == m_submitted)
        m_idle.notify_all();
}

/// Doubles the size of claims while they take a short time, and falls back to single tasks.
void TaskQueue::adaptLimit(Worker &worker, qint64 now)
{
    quint32 &limit = worker.claimed.m_limit;
    if (worker.claimTime == 0 || now - worker.claimTime > shortTime)
        limit = 1;
    else
        limit = std::min(limit * 2, ClaimedTasks::capacity);
    worker.claimTime = now;
}

bool TaskQueue::claimFromQueue(Worker &worker)
{
    if (m_entries.empty())
        return false;
    const qint64 now = MonotonicClock::now();
    adaptLimit(worker, now);
    ClaimedTasks &claimed = worker.claimed;
    const size_t share = m_entries.size() / (2 * std::max<size_t>(1, m_workers.size()));
    const auto count = quint32(std::clamp<size_t>(share, 1, claimed.m_limit));
    std::copy_n(m_entries.begin(), count, claimed.m_entries.begin());
    m_entries.erase(m_entries.begin(), m_entries.begin() + count);
    claimed.m_end = count;
    claimed.m_next.store(0, std::memory_order_relaxed);
    if (m_entries.empty())
        m_hasWork.store(false, std::memory_order_relaxed);
    becomeOrStopWatcher(worker, now);
    const size_t bearable = m_watcher ? backlog : 0;
    if (m_entries.size() > bearable && m_sleeping > m_woken) {
        ++m_woken;
        m_available.notify_one();
    }
    return true;
}

/// A worker stays or becomes the watcher while its tasks are short.
void TaskQueue::becomeOrStopWatcher(Worker &worker, qint64 now)
{
    const bool isSteady = worker.claimed.m_limit >= steadyLimit;
    if (isSteady && (!m_watcher || m_watcher == &worker)) {
        m_watcher = &worker;
        m_watchTime = now;
    } else if (m_watcher == &worker) {
        m_watcher = nullptr;
    }
}

bool TaskQueue::claimFromOthers(Worker &worker)
{
    for (Worker *other : m_workers) {
        if (other == &worker || other->claimed.remaining() == 0)
            continue;
        const TaskEntry entry = other->claimed.next();
        if (!entry)
            continue;
        worker.claimed.m_entries[0] = entry;
        worker.claimed.m_end = 1;
        worker.claimed.m_next.store(0, std::memory_order_relaxed);
        worker.claimTime = 0;
        if (m_watcher == &worker)
            m_watcher = nullptr;
        return true;
    }
    return false;
}

void TaskQueue::waitForWork(Worker &worker, std::unique_lock<std::mutex> &lock)
{
    if (!m_watcher || m_watcher == &worker) {
        m_watcher = &worker;
        m_watchTime = std::numeric_limits<qint64>::max();
        search(lock);
        m_watchTime = worker.claimTime;
        if (!m_entries.empty() || m_isClosed)
            return;
        m_watcher = nullptr;
        if (!m_warm.empty()) {
            trim(lock);
            return; // something may have come meanwhile
        }
    }
    worker.claimTime = 0;
    sleep(lock);
}

/// Looks for work without the lock for a short time. Whoever pushes meanwhile wakes nobody.
void TaskQueue::search(std::unique_lock<std::mutex> &lock)
{
    lock.unlock();
    const qint64 end = MonotonicClock::now() + shortTime;
    while (!m_hasWork.load(std::memory_order_relaxed) && MonotonicClock::now() < end) {
        for (int i = 0; i < 8; ++i)
            pause();
    }
    lock.lock();
}

void TaskQueue::sleep(std::unique_lock<std::mutex> &lock)
{
    const auto mayGoOn = [this] { return m_woken > 0 || m_isClosed; };
    ++m_sleeping;
    if (m_watcher) { // it may be stuck in a task that is longer than those before
        if (!m_available.wait_for(lock, sleeperPeriod, mayGoOn)
            && MonotonicClock::now() - m_watchTime > shortTime) {
            m_watcher = nullptr;
        }
    } else {
        m_available.wait(lock, mayGoOn);
    }
    --m_sleeping;
    m_woken = std::max(0, m_woken - 1);
}

/// Lets go of the recipients that free emissions still hold: nothing is queued, so there is time.
void TaskQueue::trim(std::unique_lock<std::mutex> &lock)
{
    std::vector<EmissionState *> warm = std::exchange(m_warm, {});
    lock.unlock();
    for (EmissionState *emission : warm)
        emission->trim(); // may run destructors of the embedding program
    lock.lock();
    m_spare.insert(m_spare.end(), warm.begin(), warm.end());
}

void TaskQueue::attach(Worker &worker)
{
    std::lock_guard lock(m_mutex);
    m_workers.push_back(&worker);
}

void TaskQueue::detach(Worker &worker)
{
    std::lock_guard lock(m_mutex);
    takeOver(worker);
    if (m_watcher == &worker)
        m_watcher = nullptr;
    std::erase(m_workers, &worker);
}

void TaskQueue::close()
{
    std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_hasWork.store(true, std::memory_order_relaxed);
    m_available.notify_all();
}

bool TaskQueue::isClosed() const
{
    std::lock_guard lock(m_mutex);
    return m_isClosed;
}

std::vector<TaskEntry> TaskQueue::takeAll()
{
    std::lock_guard lock(m_mutex);
    return takeOutAll();
}

std::vector<TaskEntry> TaskQueue::takeOutAll()
{
    std::vector<TaskEntry> all;
    for (Worker *worker : m_workers) {
        while (worker->claimed.remaining() > 0) {
            const TaskEntry entry = worker->claimed.next();
            if (entry.emission)
                all.push_back(entry);
        }
    }
    all.insert(all.end(), m_entries.begin(), m_entries.end());
    m_entries.clear();
    m_hasWork.store(m_isClosed, std::memory_order_relaxed);
    return all;
}

/// The tasks of an emission start in order, so one that waits for its first has not started.
std::vector<TaskEntry> TaskQueue::takeUnstarted()
{
    std::lock_guard lock(m_mutex); // for all of it: a worker that finds nothing ends
    std::vector<TaskEntry> tasks = takeOutAll();
    std::unordered_set<const EmissionState *> unstarted;
    for (const TaskEntry &task : tasks) {
        if (task.index == 0)
            unstarted.insert(task.emission);
    }
    const auto kept = std::stable_partition(tasks.begin(), tasks.end(), [&](const TaskEntry &task) {
        return unstarted.contains(task.emission);
    });
    m_entries.assign(kept, tasks.end());
    m_hasWork.store(m_isClosed || !m_entries.empty(), std::memory_order_relaxed);
    m_available.notify_all();
    tasks.erase(kept, tasks.end());
    return tasks;
}

void TaskQueue::addEnded(quint64 count)
{
    std::lock_guard lock(m_mutex);
    m_ended += count;
    if (m_ended == m_submitted)
        m_idle.notify_all();
}

void TaskQueue::release(EmissionState *emission)
{
    emission->trim();
    std::lock_guard lock(m_mutex);
    m_spare.push_back(emission);
}

bool TaskQueue::waitUntilIdle(std::chrono::nanoseconds timeout)
{
    std::unique_lock lock(m_mutex);
    const auto isIdle = [this] { return m_ended == m_submitted; };
    if (timeout == std::chrono::nanoseconds::max()) {
        m_idle.wait(lock, isIdle);
        return true;
    }
    return m_idle.wait_for(lock, timeout, isIdle);
}

std::vector<EmissionState *> TaskQueue::queuedEmissions() const
{
    std::vector<EmissionState *> emissions;
    const auto add = [&](EmissionState *emission) {
        if (!emissions.empty() && emissions.back() == emission)
            return;
        emission->addReference(); // queued, so the reference of the executor is there
        emissions.push_back(emission);
    };
    std::lock_guard lock(m_mutex);
    for (const Worker *worker : m_workers) {
        const ClaimedTasks &claimed = worker->claimed;
        for (quint32 i = claimed.m_end - claimed.remaining(); i < claimed.m_end; ++i) {
            // The owner may start and end it while we look: only one that still lives is taken.
            if (claimed.m_entries[i].emission->tryAddReference())
                emissions.push_back(claimed.m_entries[i].emission);
        }
    }
    for (const TaskEntry &entry : m_entries)
        add(entry.emission);
    return emissions;
}

quint64 TaskQueue::queuedCount() const
{
    quint64 count = m_entries.size();
    for (const Worker *worker : m_workers)
        count += worker->claimed.remaining();
    return count;
}

ExecutorCounters TaskQueue::counters() const
{
    std::lock_guard lock(m_mutex);
    const quint64 queued = queuedCount();
    const quint64 open = m_submitted - m_ended;
    return {m_emissions, m_submitted, queued, open - std::min(open, queued), m_ended};
}

static OpenTask openTask(const TaskEntry &entry)
{
    OpenTask open;
    open.task = {entry.emission->id(), quint16(entry.index)};
    open.subscriber = entry.emission->recipients().subscribers[entry.index]->id;
    open.event = entry.emission->recipients().eventNumber;
    open.queued = entry.emission->queued();
    return open;
}

quint64 TaskQueue::sample(size_t limit, std::vector<OpenTask> &queued) const
{
    std::lock_guard lock(m_mutex);
    // What a worker has claimed is left out of the list: it may start and end at any moment.
    for (size_t i = 0; i < std::min(limit, m_entries.size()); ++i)
        queued.push_back(openTask(m_entries[i]));
    return queuedCount();
}

} // namespace Fanfare
