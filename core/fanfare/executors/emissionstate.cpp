// SPDX-License-Identifier: MIT
#include "fanfare/executors/emissionstate.h"

#include "fanfare/executors/executor.h"

#include <utility>

namespace Fanfare {

// --- EmissionDetail

void EmissionDetail::setFinished(size_t index, TaskStatus status)
{
    std::lock_guard lock(m_mutex);
    m_tasks[index] = std::move(status);
}

void EmissionDetail::notifyFinished(const EmissionState &state)
{
    std::unique_ptr<QPromise<std::vector<TaskStatus>>> promise;
    std::vector<TaskStatus> tasks;
    {
        std::lock_guard lock(m_mutex);
        promise = std::move(m_promise);
        if (promise)
            tasks = tasksLocked(state);
    }
    m_condition.notify_all();
    if (promise) { // continuations are foreign code: not under the lock
        promise->addResult(std::move(tasks));
        promise->finish();
    }
}

void EmissionDetail::cancel()
{
    m_stop.request_stop();
}

std::vector<TaskStatus> EmissionDetail::tasks(const EmissionState &state) const
{
    std::lock_guard lock(m_mutex);
    return tasksLocked(state);
}

std::vector<TaskStatus> EmissionDetail::tasksLocked(const EmissionState &state) const
{
    std::vector<TaskStatus> tasks = m_tasks;
    const bool areFinished = state.unfinishedCount() == 0;
    for (size_t i = 0; i < tasks.size(); ++i) {
        tasks[i].subscriber = state.subscriber(quint32(i)).id;
        tasks[i].isFinished |= areFinished;
    }
    return tasks;
}

bool EmissionDetail::wait(std::chrono::nanoseconds timeout, const EmissionState &state)
{
    std::unique_lock lock(m_mutex);
    return m_condition.wait_for(lock, timeout, [&] { return state.unfinishedCount() == 0; });
}

QFuture<std::vector<TaskStatus>> EmissionDetail::future(const EmissionState &state)
{
    QPromise<std::vector<TaskStatus>> promise;
    promise.start();
    QFuture<std::vector<TaskStatus>> future = promise.future();
    {
        std::lock_guard lock(m_mutex);
        if (m_promise)
            return m_promise->future();
        if (state.unfinishedCount() > 0) {
            m_promise = std::make_unique<QPromise<std::vector<TaskStatus>>>(std::move(promise));
            return future;
        }
    }
    promise.addResult(tasks(state));
    promise.finish();
    return future;
}

// --- EmissionState

void EmissionState::begin(Submission &submission, qint64 queued)
{
    if (m_recipients != submission.recipients)
        m_recipients = submission.recipients;
    m_id = submission.id;
    m_queued = queued;
    if (submission.count > 1 || !submission.arguments.empty() || submission.deadline.count() > 0
        || submission.origin.isElsewhere()) {
        m_payload =
            new EmissionPayload{std::move(submission.arguments), submission.count,
                                submission.firstOnly, submission.deadline, submission.origin};
    }
    m_state.store(taskCount() * oneTask + 1, std::memory_order_release);
}

size_t EmissionState::taskCount() const
{
    const size_t first = m_recipients->subscribers.size();
    return m_payload ? first + (m_payload->count - 1) * (first - m_payload->firstOnly) : first;
}

EmissionState::Place EmissionState::placeInBatch(quint32 index) const
{
    const auto first = quint32(m_recipients->subscribers.size());
    if (index < first)
        return {0, index};
    const quint32 others = first - m_payload->firstOnly;
    return {1 + (index - first) / others, (index - first) % others};
}

TaskOrigin EmissionState::originOf(quint32 index, quint8 attempt) const
{
    if (!m_payload || !m_payload->origin.isElsewhere())
        return {taskId(index), attempt};
    const int all = m_payload->origin.attempt + attempt - 1; // each began with 1
    return {m_payload->origin.task, quint8(std::min(all, 255))};
}

const Arguments &EmissionState::arguments(quint32 index) const
{
    static const Arguments none;
    if (!m_payload || m_payload->arguments.empty())
        return none;
    return m_payload->arguments[placeOf(index).emission % m_payload->arguments.size()];
}

EmissionDetail &EmissionState::detail()
{
    EmissionDetail *detail = m_detail.load(std::memory_order_acquire);
    if (detail)
        return *detail;
    auto made = std::make_unique<EmissionDetail>(taskCount());
    if (m_detail.compare_exchange_strong(detail, made.get()))
        return *made.release();
    return *detail;
}

bool EmissionState::taskEnded()
{
    // Sequentially consistent, as the making of a detail is: either this sees the detail of
    // somebody who waits, or that one sees the count at 0.
    quint64 before = m_state.load(std::memory_order_relaxed);
    quint64 after = 0;
    do {
        after = before - oneTask;
        if (after > 0 && after < oneTask)
            ++after; // handles may go at any moment: hold what is notified below
    } while (!m_state.compare_exchange_weak(before, after));
    if (after == 0 || after >= oneTask)
        return after == 0;
    if (EmissionDetail *detail = m_detail.load())
        detail->notifyFinished(*this);
    return dropReference();
}

bool EmissionState::tryAddReference()
{
    quint64 state = m_state.load(std::memory_order_acquire);
    while (state > 0) {
        if (m_state.compare_exchange_weak(state, state + 1, std::memory_order_acq_rel))
            return true;
    }
    return false;
}

void EmissionState::end()
{
    delete std::exchange(m_payload, nullptr);
    if (m_detail.load(std::memory_order_relaxed))
        delete m_detail.exchange(nullptr);
}

// --- EmissionPool

void EmissionPool::take(size_t count, std::vector<EmissionState *> &slots)
{
    std::lock_guard lock(m_mutex);
    while (m_free.size() < count) {
        m_blocks.push_back(std::make_unique<EmissionState[]>(blockSize));
        m_total += blockSize;
        for (size_t i = 0; i < blockSize; ++i) {
            m_blocks.back()[i].m_pool = this;
            m_free.push_back(&m_blocks.back()[i]);
        }
    }
    slots.insert(slots.end(), m_free.end() - qptrdiff(count), m_free.end());
    m_free.resize(m_free.size() - count);
}

void EmissionPool::giveBack(EmissionState *slot)
{
    slot->trim();
    std::unique_lock lock(m_mutex);
    m_free.push_back(slot);
    deleteIfUnused(std::move(lock));
}

void EmissionPool::giveBack(const std::vector<EmissionState *> &slots)
{
    for (EmissionState *slot : slots)
        slot->trim();
    std::unique_lock lock(m_mutex);
    m_free.insert(m_free.end(), slots.begin(), slots.end());
    deleteIfUnused(std::move(lock));
}

void EmissionPool::setCancelNotice(std::function<void()> notice)
{
    std::lock_guard lock(m_noticeMutex);
    m_cancelNotice = std::move(notice);
}

void EmissionPool::noteCancellation()
{
    std::lock_guard lock(m_noticeMutex);
    if (m_cancelNotice)
        m_cancelNotice();
}

/// All that have not ended, each with a reference for the caller, who drops it without m_mutex.
std::vector<EmissionState *> EmissionPool::openEmissions()
{
    std::vector<EmissionState *> open;
    std::lock_guard lock(m_mutex);
    for (const auto &block : m_blocks) {
        for (EmissionState *state = block.get(); state != block.get() + blockSize; ++state) {
            if (state->tryAddReference())
                open.push_back(state);
        }
    }
    return open;
}

void EmissionPool::cancel(const EmissionRange &range)
{
    const quint64 start = number(range.first);
    for (EmissionState *state : openEmissions()) {
        Emission emission(state); // gives the reference back
        const quint64 first = number(state->id());
        if (first < start + range.count && start < first + state->emissionCount())
            emission.cancel();
    }
}

void EmissionPool::abandon()
{
    std::unique_lock lock(m_mutex);
    m_isAbandoned = true;
    deleteIfUnused(std::move(lock));
}

void EmissionPool::deleteIfUnused(std::unique_lock<std::mutex> lock)
{
    if (!m_isAbandoned || m_free.size() != m_total)
        return;
    lock.unlock();
    delete this;
}

} // namespace Fanfare
