// SPDX-License-Identifier: MIT
#include "fanfare/executors/taskqueue.h"

#include <fanfare/base/fastclock.h>

#include <unordered_set>
#include <utility>

namespace Fanfare {

TaskQueue::TaskQueue(size_t bound, FullPolicy policy)
    : m_bound(bound)
    , m_policy(policy)
    , m_pool(new EmissionPool)
{
}

TaskQueue::~TaskQueue()
{
    m_pool->giveBack(m_warm);
    m_pool->giveBack(m_spare);
    m_pool->giveBack(m_returned);
    m_pool->abandon();
}

// --- emitting

TaskQueue::Pushed TaskQueue::push(Submission &submission, EmissionState *&emission,
                                  std::vector<TaskEntry> &dropped,
                                  std::vector<TaskEntry> *coroutines)
{
    const size_t count = submission.taskCount();
    const qint64 now = FastClock::now();
    {
        const std::lock_guard lock(m_pushMutex);
        if (m_isClosed.load(std::memory_order_relaxed))
            return Pushed::Closed;
        if (!hasRoom(count) && !makeRoom(count, dropped))
            return Pushed::Full;
        emission = takeFree();
        emission->begin(submission, now);
        const quint64 submitted = m_submitted.load(std::memory_order_relaxed) + count;
        m_emissions.store(m_emissions.load(std::memory_order_relaxed) + submission.count,
                          std::memory_order_relaxed);
        m_submitted.store(submitted, std::memory_order_relaxed);
        if (coroutines && submission.recipients->hasAsync)
            appendApart(emission, *coroutines);
        else
            m_fifo.append({emission, 0, quint32(count)});
        const quint64 queued = submitted - m_taken.load(std::memory_order_relaxed);
        if (queued > m_highWater.load(std::memory_order_relaxed))
            m_highWater.store(queued, std::memory_order_relaxed);
    }
    m_watch.announce(now);
    return Pushed::Accepted;
}

/// Queues what workers run, in pieces between the coroutines.
void TaskQueue::appendApart(EmissionState *emission, std::vector<TaskEntry> &coroutines)
{
    const auto count = quint32(emission->taskCount());
    quint32 first = 0;
    for (quint32 i = 0; i <= count; ++i) {
        const bool isCoroutine =
            i < count && emission->subscriber(i).handler.kind == HandlerKind::Async;
        if (i < count && !isCoroutine)
            continue;
        if (i > first)
            m_fifo.append({emission, first, i - first});
        if (isCoroutine)
            coroutines.push_back({emission, i});
        first = i + 1;
    }
}

void TaskQueue::countTaken(quint64 count)
{
    std::lock_guard lock(m_claimMutex);
    addTaken(count);
}

void TaskQueue::countReturned(quint64 count)
{
    std::lock_guard lock(m_claimMutex);
    m_taken.store(m_taken.load(std::memory_order_relaxed) - count);
}

bool TaskQueue::hasRoom(size_t count) const
{
    const quint64 queued =
        m_submitted.load(std::memory_order_relaxed) - m_taken.load(std::memory_order_acquire);
    return queued + count <= m_bound;
}

/// Takes out the oldest tasks until \a count more fit.
bool TaskQueue::makeRoom(size_t count, std::vector<TaskEntry> &dropped)
{
    if (m_policy != FullPolicy::DropOldest || count > m_bound)
        return false;
    std::lock_guard lock(m_claimMutex);
    ClaimedTasks out;
    const size_t before = dropped.size();
    while (!hasRoom(count) && out.fill(m_fifo, 1) == 1) {
        dropped.push_back(out.next());
        addTaken(1);
    }
    m_dropped.fetch_add(dropped.size() - before, std::memory_order_relaxed);
    return hasRoom(count);
}

EmissionState *TaskQueue::takeFree()
{
    if (m_warm.empty()) {
        std::lock_guard lock(m_returnMutex);
        m_warm.swap(m_returned);
    }
    if (m_warm.empty() && m_spare.empty())
        m_pool->take(64, m_spare);
    std::vector<EmissionState *> &from = m_warm.empty() ? m_spare : m_warm;
    EmissionState *emission = from.back();
    from.pop_back();
    if (from.size() >= 4) // its line is in the cache of a worker
        __builtin_prefetch(from[from.size() - 4], 1);
    return emission;
}

bool TaskQueue::waitForRoom(size_t count, std::chrono::steady_clock::time_point end)
{
    std::unique_lock lock(m_waitMutex);
    m_waiters.fetch_add(1);
    const bool fits = m_room.wait_until(lock, end, [&] { return m_isClosed || hasRoom(count); });
    m_waiters.fetch_sub(1);
    return fits;
}

/// Counts \a count tasks as taken out of the fifo, and tells those who wait for room.
void TaskQueue::addTaken(quint64 count)
{
    m_taken.store(m_taken.load(std::memory_order_relaxed) + count);
    if (m_waiters.load() == 0)
        return;
    std::lock_guard lock(m_waitMutex);
    m_room.notify_all();
}

void TaskQueue::close()
{
    {
        std::lock_guard lock(m_pushMutex);
        m_isClosed.store(true);
    }
    m_watch.close();
    std::lock_guard lock(m_waitMutex);
    m_room.notify_all();
}

// --- taking out

std::vector<TaskEntry> TaskQueue::takeAll()
{
    std::lock_guard lock(m_claimMutex);
    return takeOutAll();
}

std::vector<TaskEntry> TaskQueue::takeOutAll()
{
    std::vector<TaskEntry> all;
    for (Worker *worker : m_workers) {
        while (worker->claimed.remaining() > 0) {
            if (const TaskEntry entry = worker->claimed.next())
                all.push_back(entry);
        }
    }
    const size_t claimed = all.size();
    while (const TaskRange *range = m_fifo.front()) {
        if (all.empty())
            all.reserve(range->count);
        for (quint32 i = 0; i < range->count; ++i)
            all.push_back({range->emission, range->first + i});
        m_fifo.popFront();
    }
    addTaken(all.size() - claimed);
    return all;
}

/// The tasks of an emission start in order, so one that waits for its first has not started.
std::vector<TaskEntry> TaskQueue::takeUnstarted()
{
    std::scoped_lock lock(m_pushMutex, m_claimMutex); // a worker that finds nothing ends
    std::vector<TaskEntry> tasks = takeOutAll();
    std::unordered_set<const EmissionState *> unstarted;
    for (const TaskEntry &task : tasks) {
        if (task.index == 0)
            unstarted.insert(task.emission);
    }
    const auto kept = std::stable_partition(tasks.begin(), tasks.end(), [&](const TaskEntry &task) {
        return unstarted.contains(task.emission);
    });
    putBack(kept, tasks.end());
    tasks.erase(kept, tasks.end());
    return tasks;
}

std::vector<TaskEntry> TaskQueue::takeCanceled()
{
    std::scoped_lock lock(m_pushMutex, m_claimMutex);
    std::vector<TaskEntry> tasks = takeOutAll();
    const auto kept = std::stable_partition(tasks.begin(), tasks.end(), [](const TaskEntry &task) {
        return task.emission->isCanceled();
    });
    putBack(kept, tasks.end());
    tasks.erase(kept, tasks.end());
    return tasks;
}

/// Neighbors of one emission become one range again.
void TaskQueue::putBack(std::vector<TaskEntry>::const_iterator from,
                        std::vector<TaskEntry>::const_iterator end)
{
    m_taken.fetch_sub(quint64(end - from));
    while (from != end) {
        TaskRange range{from->emission, from->index, 1};
        for (++from; from != end && from->emission == range.emission
             && from->index == range.first + range.count;
             ++from)
            ++range.count;
        m_fifo.append(range);
    }
    m_watch.wakeOne(FastClock::now());
}

void TaskQueue::addEnded(quint64 count)
{
    const quint64 ended = m_ended.fetch_add(count) + count;
    if (ended != m_submitted.load() || m_waiters.load() == 0)
        return;
    std::lock_guard lock(m_waitMutex);
    m_idle.notify_all();
}

void TaskQueue::release(EmissionState *emission)
{
    std::lock_guard lock(m_returnMutex);
    m_returned.push_back(emission);
}

bool TaskQueue::waitUntilIdle(std::chrono::nanoseconds timeout)
{
    const auto isIdle = [this] { return m_ended.load() == m_submitted.load(); };
    std::unique_lock lock(m_waitMutex);
    m_waiters.fetch_add(1);
    bool reached = true;
    if (timeout == std::chrono::nanoseconds::max())
        m_idle.wait(lock, isIdle);
    else
        reached = m_idle.wait_for(lock, timeout, isIdle);
    m_waiters.fetch_sub(1);
    return reached;
}

// --- looking

std::vector<EmissionState *> TaskQueue::queuedEmissions() const
{
    std::vector<EmissionState *> emissions;
    std::lock_guard lock(m_claimMutex);
    m_fifo.visit([&](const TaskRange &range) {
        range.emission->addReference(); // queued, so the reference of the executor is there
        emissions.push_back(range.emission);
        return true;
    });
    return emissions;
}

quint64 TaskQueue::claimedCount() const
{
    quint64 count = 0;
    for (const Worker *worker : m_workers)
        count += worker->claimed.remaining();
    return count;
}

ExecutorCounters TaskQueue::counters() const
{
    std::lock_guard lock(m_claimMutex);
    ExecutorCounters counters;
    counters.ended = m_ended.load(); // before what it is a part of
    const quint64 taken = m_taken.load();
    counters.submitted = m_submitted.load();
    counters.emissions = m_emissions.load();
    counters.queued = counters.submitted - taken + claimedCount();
    const quint64 open = counters.submitted - counters.ended;
    counters.running = open - std::min(open, counters.queued);
    counters.queueBound = m_bound;
    counters.highWater = m_highWater.load(std::memory_order_relaxed);
    counters.rejected = m_rejected.load(std::memory_order_relaxed);
    counters.droppedOldest = m_dropped.load(std::memory_order_relaxed);
    return counters;
}

static OpenTask openTask(const TaskEntry &entry)
{
    OpenTask open;
    open.task = entry.id();
    open.subscriber = entry.subscriber().id;
    open.event = entry.emission->recipients().eventNumber;
    open.queued = entry.emission->queued();
    return open;
}

quint64 TaskQueue::sample(size_t limit, std::vector<OpenTask> &queued) const
{
    std::lock_guard lock(m_claimMutex);
    // What a worker has claimed is left out of the list: it may start and end at any moment.
    m_fifo.visit([&](const TaskRange &range) {
        for (quint32 i = 0; i < range.count && queued.size() < limit; ++i)
            queued.push_back(openTask({range.emission, range.first + i}));
        return queued.size() < limit;
    });
    return m_submitted.load() - m_taken.load() + claimedCount();
}

} // namespace Fanfare
