// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/callbackthread.h>
#include <fanfare/processes/crashreport.h>
#include <fanfare/processes/poollanes.h>
#include <fanfare/processes/poolparcel.h>
#include <fanfare/processes/routetable.h>
#include <fanfare/processes/supervisor.h>
#include <fanfare/processes/workerprocess.h>

#include <QObject>
#include <QTimer>

#include <atomic>
#include <deque>
#include <functional>

namespace Fanfare {

/// Why a task is rejected whose handler was withdrawn. Told is what the gate of the handler says.
inline constexpr const char *withdrawnReason = "withdrawn";

struct PoolHostOptions
{
    SupervisorOptions supervisor;
    WorkerSpawnOptions spawn;
    Recorder *recorder = nullptr; ///< borrowed, may be null
    CrashListener crashed;        ///< may be null [owner]
    std::function<void()> ended;  ///< tasks have ended in this turn; may be null [owner]
    bool keepsEncoded = false;    ///< results are not decoded
};

/// Everything of a process pool that lives on its supervisor thread: the supervisor, the worker
/// processes, and the way from the one to the others. A turn is one round of the event loop in
/// which something happened; at its end the supervisor decides and everything is written.
///
/// Threads: [owner], unless said otherwise.
class PoolHost final : public QObject,
                       private WorkerPort,
                       private PoolObserver,
                       private PoolClock,
                       private PoolRandom,
                       private WorkerListener
{
    Q_OBJECT

public:
    PoolHost(const PoolHostOptions &options, PoolAccount &account, CallbackThread &callbacks);
    ~PoolHost() override;

    void wake();        ///< something arrived [any]
    void startAtOnce(); ///< the same, for few tasks [any, locks]
    /// Ends queued tasks until \a load fits. False when it does not and none could be ended; others
    /// may take the room first: emitters, and tasks that come back from a worker. [any, locks]
    bool dropOldest(const QueueLoad &load);
    void close(bool cancelsUnstarted);                   ///< [any]
    void killAll();                                      ///< [any]
    void cancelAll();                                    ///< [any]
    void rejectWithdrawn();                              ///< [any]
    void sample(LiveSample &sample, size_t queuedLimit); ///< [any, locks]
    PoolCounters counters() const;                       ///< [any, locks]

Q_SIGNALS:
    void finished(); ///< once: closed, nothing runs and no process is left

private:
    using Command = std::function<void()>;

    struct Worker
    {
        std::unique_ptr<WorkerProcess> process;
        KillCause killed = KillCause::None;               ///< by this pool
        quint32 namedEvents = 0;                          ///< how many events it knows the names of
        std::deque<std::pair<TaskNumber, QString>> lines; ///< the last ones it logged
        PoolTime second = 0;                              ///< when the present one began
        qsizetype talked = 0;                             ///< bytes of lines in that second
        int lost = 0; ///< tasks it took along, as far as they are known
    };

    // WorkerPort
    void spawn(int slot) override;
    void kill(int slot) override;
    void abandon(int slot) override;
    void sendLoad(int slot, std::uint32_t handler) override;
    void sendTask(int slot, const PoolTask &task) override;
    void sendCancel(int slot, TaskNumber task) override;
    void sendRecall(int slot) override;
    void sendPing(int slot) override;
    void sendDump(int slot) override;
    void sendDrain(int slot) override;
    bool isStopped(int slot) const override;
    std::uint32_t memory(int slot) const override;

    // PoolObserver
    void taskStarted(const PoolTask &task) override;
    void taskEnded(const PoolTask &task, const PoolTaskEnd &end) override;
    void taskWillRetry(const PoolTask &task) override;
    void slotChanged(int slot, SlotEvent event) override;
    void taskCrashed(int slot, const PoolTask &task) override;

    PoolTime now() const override { return m_now; }
    std::uint64_t next() override;

    // WorkerListener
    void workerWelcomed(int slot) override;
    void workerReported(int slot, const ReportRecord &report) override;
    void workerSaid(int slot, WorkerReply reply, quint64 number,
                    const QByteArray &payload) override;
    void workerBroke(int slot) override;
    void outputEnded(int slot) override;
    void processEnded(int slot) override;
    void turnEnded() override;

    void post(Command command); // [any]
    void readClock();
    void takeArrivals();
    bool writeArrivals();
    void noteAtWorkers();
    TaskNumber submit(const PoolArrival &arrival, const Route &route, quint32 index);
    void cancelUnstarted();
    void lookForCancellations(); // [any]
    void cancelCanceled();
    void forEachTask(const std::function<void(const PoolTask &)> &look);
    void arm(PoolTime time);
    void finish();
    bool isFlooding(Worker &worker, qsizetype bytes) const;
    void log(int slot, quint64 number, const QByteArray &payload);
    void progress(quint64 number, const QByteArray &payload);
    void loadFailed(int slot, quint64 number, const QByteArray &payload);
    bool runsNothingElse(int slot);
    TaskEnd endOf(const PoolTask &task, const PoolTaskEnd &end, PoolParcel &parcel) const;
    SpanRecord spanOf(const PoolTask &task, const PoolTaskEnd &end, const PoolParcel &parcel) const;
    QString describe(int slot, SlotEvent event) const;
    PoolParcel &parcel(TaskNumber number) { return m_parcels[TaskTable::place(number)]; }
    WorkerProcess &worker(int slot) { return *m_workers[size_t(slot)].process; }

    WorkerSpawn m_spawn;
    PoolAccount &m_account;
    CallbackThread &m_callbacks;
    const CrashListener m_crashed;
    const std::function<void()> m_ended;
    const bool m_keepsEncoded;
    PoolLanes m_lanes;
    RouteTable m_routes;
    mutable std::mutex m_mutex;        // held while the supervisor works
    PoolTime m_now = 0;                // guarded by m_mutex, as all that emitting threads may need:
    std::vector<PoolParcel> m_parcels; // by place of the task
    Supervisor m_supervisor;
    std::vector<PoolArrival> m_arrivals;
    std::vector<PoolDelivery> m_done;           // to be completed at the end of the turn
    std::vector<PoolDelivery> m_callingBack;    // to be handed over at the end of the turn
    qint64 m_bytesAtWorkers = 0;                // of arguments
    std::vector<Worker> m_workers;              // by slot
    QHash<quint32, LoadProblem> m_loadProblems; // by handler
    LoadProblem m_startProblem;                 // why no worker starts
    const ReportRecord *m_report = nullptr;     // which ends the task that taskEnded() tells of
    QTimer m_timer;
    std::atomic<PoolTime> m_armed = never; // set by the owner only
    std::atomic<bool> m_isAtRest = false;  // no task is there, and a worker may be
    std::atomic<bool> m_isWakeDue = false;
    std::atomic<bool> m_isCancelDue = false;
    bool m_isFinished = false;
};

} // namespace Fanfare
