// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/emission.h>

#include <QPromise>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

namespace Fanfare {

class EmissionPool;

/// The rarely needed part of an emission: results, waiting, canceling. Made when somebody asks.
///
/// Threads: [any].
class EmissionDetail
{
public:
    explicit EmissionDetail(size_t taskCount)
        : m_tasks(taskCount)
    {
    }

    void setFinished(size_t index, TaskStatus status);
    void notifyFinished(); ///< all tasks have ended; may be called more than once

    void cancel();
    bool isCanceled() const { return m_stop.stop_requested(); }
    std::stop_token stopToken() const { return m_stop.get_token(); }

    std::vector<TaskStatus> tasks() const;
    bool wait(std::chrono::nanoseconds timeout, const EmissionState &state);
    QFuture<std::vector<TaskStatus>> future(const EmissionState &state);

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_condition;
    std::vector<TaskStatus> m_tasks;                              // guarded by m_mutex
    std::unique_ptr<QPromise<std::vector<TaskStatus>>> m_promise; // guarded by m_mutex
    std::stop_source m_stop;
};

/// One accepted emission, shared by its handles and its executor: one cache line, written by the
/// emitting thread and read by the workers. Slots are recycled by an EmissionPool. A recycled
/// slot keeps its recipients until it is used again or trimmed, because emissions of the same
/// event follow each other and a reference count that travels between cores costs more than all
/// the rest of an emission.
class alignas(64) EmissionState
{
public:
    /// Begins an emission in a free slot, with one reference for the executor and one for the
    /// first handle.
    void begin(EmissionId id, const RecipientsPointer &recipients, Arguments &&arguments,
               qint64 queued);

    EmissionId id() const { return m_id; }
    qint64 queued() const { return m_queued; }
    const Recipients &recipients() const { return *m_recipients; }
    const RecipientsPointer &recipientsPointer() const { return m_recipients; }
    const Arguments &arguments() const;
    size_t taskCount() const { return m_recipients->subscribers.size(); }
    size_t unfinishedCount() const { return m_unfinished.load(std::memory_order_acquire); }

    bool isCanceled() const
    {
        const EmissionDetail *detail = m_detail.load(std::memory_order_acquire);
        return detail && detail->isCanceled();
    }
    EmissionDetail &detail(); ///< made on first use

    /// True while somebody besides the executor may ask how tasks ended.
    bool isWatched() const { return m_references.load(std::memory_order_acquire) > 1; }

    /// Counts one task as ended. True for the last one, after which the caller gives up the
    /// reference of the executor.
    bool taskEnded();

    void addReference() { m_references.fetch_add(1, std::memory_order_relaxed); }
    bool tryAddReference(); ///< false when the slot is free; it may be any emission's by now
    bool dropReference()    ///< true when it was the last: the caller recycles the slot
    {
        return m_references.fetch_sub(1, std::memory_order_acq_rel) == 1;
    }

    void end(); ///< frees arguments and detail; the slot may be used again
    void trim() { m_recipients.reset(); } ///< of a free slot
    EmissionPool &pool() const { return *m_pool; }

private:
    friend class EmissionPool;

    RecipientsPointer m_recipients;
    EmissionId m_id{};
    qint64 m_queued = 0;
    Arguments *m_arguments = nullptr;                 // owned; null when there are none
    std::atomic<EmissionDetail *> m_detail = nullptr; // owned
    std::atomic<quint32> m_unfinished = 0;
    std::atomic<quint32> m_references = 0;
    EmissionPool *m_pool = nullptr;
};
static_assert(sizeof(EmissionState) == 64);

/// Where the slots of an executor come from. It lives until its executor has abandoned it and
/// every handle is gone.
///
/// Threads: [any, locks].
class EmissionPool
{
public:
    /// Adds \a count free slots to \a slots.
    void take(size_t count, std::vector<EmissionState *> &slots);

    /// Takes back a slot whose last reference is gone.
    void giveBack(EmissionState *slot);
    void giveBack(const std::vector<EmissionState *> &slots);

    /// Counts that somebody canceled an emission of this pool, for an executor that has to look.
    void noteCancellation() { m_cancellations.fetch_add(1, std::memory_order_release); }
    quint64 cancellations() const { return m_cancellations.load(std::memory_order_acquire); }

    /// The executor is gone. Deletes the pool now or when the last slot comes back.
    void abandon();

private:
    static constexpr size_t blockSize = 256; ///< slots, 16 KiB

    void deleteIfUnused(std::unique_lock<std::mutex> lock);

    std::atomic<quint64> m_cancellations = 0;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<EmissionState[]>> m_blocks; // guarded by m_mutex
    std::vector<EmissionState *> m_free;                    // guarded by m_mutex
    size_t m_total = 0;                                     // guarded by m_mutex
    bool m_isAbandoned = false;                             // guarded by m_mutex
};

} // namespace Fanfare
