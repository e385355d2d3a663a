// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/emission.h>
#include <fanfare/executors/emissionrange.h>
#include <fanfare/executors/taskorigin.h>

#include <QPromise>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

namespace Fanfare {

class EmissionPool;
struct Submission;

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
    void notifyFinished(const EmissionState &state); ///< all tasks have ended

    void cancel();
    bool isCanceled() const { return m_stop.stop_requested(); }
    std::stop_token stopToken() const { return m_stop.get_token(); }

    std::vector<TaskStatus> tasks(const EmissionState &state) const;
    bool wait(std::chrono::nanoseconds timeout, const EmissionState &state);
    QFuture<std::vector<TaskStatus>> future(const EmissionState &state);

private:
    std::vector<TaskStatus> tasksLocked(const EmissionState &state) const; // needs m_mutex

    mutable std::mutex m_mutex;
    std::condition_variable m_condition;
    std::vector<TaskStatus> m_tasks; // guarded by m_mutex; see recordEnd() for what is left out
    std::unique_ptr<QPromise<std::vector<TaskStatus>>> m_promise; // guarded by m_mutex
    std::stop_source m_stop;
};

/// What the emissions of one act carry, when it is more than nothing once.
struct EmissionPayload
{
    std::vector<Arguments> arguments;     ///< emission k carries arguments[k % size]; may be empty
    quint32 count = 1;                    ///< emissions
    quint32 firstOnly = 0;                ///< so many last recipients get the first emission only
    std::chrono::nanoseconds deadline{0}; ///< of each task, from its start; 0: that of its handler
    TaskOrigin origin;                    ///< see Submission
};

/// One accepted act of emitting, shared by its handles and its executor: one emission, or a batch
/// of consecutive ones, whose tasks are numbered through. One cache line, written by the emitting
/// thread and read by the workers. Slots are recycled by an EmissionPool. A recycled slot keeps its
/// recipients until it is used again or trimmed, because emissions of the same event follow each
/// other and a reference count that travels between cores costs more than all the rest of an
/// emission.
class alignas(64) EmissionState
{
public:
    /// Begins an emission in a free slot, with one reference for the executor, which is given up
    /// by the end of its last task, and one for the first handle.
    void begin(Submission &submission, qint64 queued);

    EmissionId id() const { return m_id; } ///< of the first one
    qint64 queued() const { return m_queued; }
    const Recipients &recipients() const { return *m_recipients; }
    const RecipientsPointer &recipientsPointer() const { return m_recipients; }
    quint32 emissionCount() const { return m_payload ? m_payload->count : 1; }
    size_t taskCount() const;
    size_t unfinishedCount() const { return m_state.load() >> 32; }

    /// Which task of which emission of a batch it is.
    struct Place
    {
        quint32 emission = 0; ///< from 0
        quint32 subscriber = 0;
    };
    Place placeOf(quint32 index) const { return m_payload ? placeInBatch(index) : Place{0, index}; }

    TaskId taskId(quint32 index) const
    {
        const Place place = placeOf(index);
        return {EmissionId(number(m_id) + place.emission), quint16(place.subscriber)};
    }

    /// What the handler sees of the task \a index and its \a attempt here: see Submission::origin.
    TaskOrigin originOf(quint32 index, quint8 attempt) const;

    const Subscriber &subscriber(quint32 index) const
    {
        return *m_recipients->subscribers[placeOf(index).subscriber];
    }
    const Arguments &arguments(quint32 index) const;

    /// How long a task may run that \a subscriber of this emission handles; 0: as long as it likes.
    std::chrono::nanoseconds deadline(const Subscriber &subscriber) const
    {
        const bool isOwn = m_payload && m_payload->deadline.count() > 0;
        return isOwn ? m_payload->deadline : subscriber.handler.deadline;
    }

    bool isCanceled() const
    {
        const EmissionDetail *detail = m_detail.load(std::memory_order_acquire);
        return detail && detail->isCanceled();
    }
    EmissionDetail &detail(); ///< made on first use

    /// True while somebody besides the executor may ask how tasks ended.
    bool isWatched() const { return quint32(m_state.load(std::memory_order_acquire)) > 0; }

    /// Counts one task as ended. True when it was the last and there is no handle: the caller
    /// recycles the slot.
    bool taskEnded();

    void addReference() { m_state.fetch_add(1, std::memory_order_relaxed); } ///< of a handle
    bool tryAddReference(); ///< false when the slot is free; it may be any emission's by now
    bool dropReference()    ///< true when nothing is left: the caller recycles the slot
    {
        return m_state.fetch_sub(1, std::memory_order_acq_rel) == 1;
    }

    void end(); ///< frees arguments and detail; the slot may be used again
    bool isTrimmed() const { return !m_recipients; }
    void trim() { m_recipients.reset(); } ///< of a free slot
    EmissionPool &pool() const { return *m_pool; }

private:
    friend class EmissionPool;

    Place placeInBatch(quint32 index) const;

    static constexpr quint64 oneTask = quint64(1) << 32;

    RecipientsPointer m_recipients;
    EmissionId m_id{};
    qint64 m_queued = 0;
    EmissionPayload *m_payload = nullptr;             // owned; null for one without arguments
    std::atomic<EmissionDetail *> m_detail = nullptr; // owned
    std::atomic<quint64> m_state = 0; // unfinished tasks << 32 | handles: one step ends a task
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

    /// From now on \a notice is called by whoever cancels an emission of this pool, for an executor
    /// that has to look; under a lock, so that after the next call of this function the former one
    /// is not running any more.
    void setCancelNotice(std::function<void()> notice);
    void noteCancellation(); ///< somebody canceled an emission of this pool

    /// Emission::cancel() for those of \a range that are open. A batch is one act: it is canceled
    /// as a whole when an emission of it is in the range.
    void cancel(const EmissionRange &range);

    /// The executor is gone. Deletes the pool now or when the last slot comes back.
    void abandon();

private:
    static constexpr size_t blockSize = 256; ///< slots, 16 KiB

    std::vector<EmissionState *> openEmissions();
    void deleteIfUnused(std::unique_lock<std::mutex> lock);

    std::mutex m_noticeMutex;
    std::function<void()> m_cancelNotice; // guarded by m_noticeMutex
    std::mutex m_mutex;
    std::vector<std::unique_ptr<EmissionState[]>> m_blocks; // guarded by m_mutex
    std::vector<EmissionState *> m_free;                    // guarded by m_mutex
    size_t m_total = 0;                                     // guarded by m_mutex
    bool m_isAbandoned = false;                             // guarded by m_mutex
};

} // namespace Fanfare
