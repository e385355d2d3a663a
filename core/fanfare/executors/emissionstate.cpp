// SPDX-License-Identifier: MIT
#include "fanfare/executors/emissionstate.h"

#include <utility>

namespace Fanfare {

// --- EmissionDetail

void EmissionDetail::setFinished(size_t index, TaskStatus status)
{
    std::lock_guard lock(m_mutex);
    m_tasks[index] = std::move(status);
}

void EmissionDetail::notifyFinished()
{
    std::unique_ptr<QPromise<std::vector<TaskStatus>>> promise;
    std::vector<TaskStatus> tasks;
    {
        std::lock_guard lock(m_mutex);
        promise = std::move(m_promise);
        if (promise)
            tasks = m_tasks;
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

std::vector<TaskStatus> EmissionDetail::tasks() const
{
    std::lock_guard lock(m_mutex);
    return m_tasks;
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
    promise.addResult(tasks());
    promise.finish();
    return future;
}

// --- EmissionState

void EmissionState::begin(EmissionId id, const RecipientsPointer &recipients, Arguments &&arguments,
                          qint64 queued)
{
    if (m_recipients != recipients)
        m_recipients = recipients;
    m_id = id;
    m_queued = queued;
    if (!arguments.isEmpty())
        m_arguments = new Arguments(std::move(arguments));
    m_unfinished.store(quint32(recipients->subscribers.size()), std::memory_order_relaxed);
    m_references.store(2, std::memory_order_release);
}

const Arguments &EmissionState::arguments() const
{
    static const Arguments none;
    return m_arguments ? *m_arguments : none;
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
    if (m_unfinished.fetch_sub(1) != 1)
        return false;
    if (EmissionDetail *detail = m_detail.load())
        detail->notifyFinished();
    return true;
}

bool EmissionState::tryAddReference()
{
    quint32 count = m_references.load(std::memory_order_acquire);
    while (count > 0) {
        if (m_references.compare_exchange_weak(count, count + 1, std::memory_order_acq_rel))
            return true;
    }
    return false;
}

void EmissionState::end()
{
    delete std::exchange(m_arguments, nullptr);
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
