// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/cluster/eventenvelope.h>
#include <fanfare/cluster/taskenvelope.h>
#include <fanfare/events/eventlinker.h>
#include <fanfare/plugins/catalogfact.h>
#include <fanfare/processes/processpoolexecutor.h>

#include <QHash>

#include <functional>
#include <unordered_map>

namespace Fanfare {

/// Where the tasks of an agent run: worker processes of this host, so that a crash costs one task
/// here as well. What happens to them is told as events of the cluster.
///
/// Threads: [owner].
class AgentPool
{
public:
    /// \a ended is called on any thread when takeEvents() has something to tell.
    AgentPool(const ProcessPoolOptions &options, std::function<void()> ended);
    ~AgentPool(); ///< ends what runs as Canceled [blocks]

    /// What can be run from now on: the handlers of the active plugins of \a facts, which are
    /// linked in \a linker.
    void setHandlers(const CatalogFact &facts, const EventLinker &linker);

    /// Empty when \a task can be run here, else a sentence that says what is missing.
    QString whyNot(const TaskEnvelope &task) const;

    /// Whether \a task, which can be run here, is a coroutine: while that is suspended, it occupies
    /// no worker.
    bool isCoroutine(const TaskEnvelope &task) const;

    /// Runs \a task, which can be run here, for at most \a deadline, 0 for any time. Its end is
    /// told by takeEvents(). Errors: those of Executor::submit().
    Result<void> run(const TaskEnvelope &task, quint8 attempt, std::chrono::nanoseconds deadline);
    void cancel(const ClusterTaskId &task);

    /// What has happened since the last call; agent and counter are left to be filled in.
    QList<EventEnvelope> takeEvents();

    int workerCount() const { return m_pool.workerCount(); }
    int openCount() const { return int(m_open.size()); }
    int runningCount() const { return m_running; } ///< workers that are occupied
    /// ns that a task takes that is no coroutine; 0: not known.
    qint64 meanTime() const { return m_meanTime; }

private:
    struct Open
    {
        ClusterTaskId task;
        quint8 attempt = 1;
        Emission emission;
        bool isCoroutine = false;
        bool isStarted = false; ///< and told so
        double progress = -1;
    };

    RecipientsPointer recipientsFor(const TaskEnvelope &task);
    void noteLanes(const TraceBatch &batch);
    void tellRunning(const TraceBatch &batch, QList<EventEnvelope> &events);
    void tellLines(const TraceBatch &batch, QList<EventEnvelope> &events);
    void tellEnds(const TraceBatch &batch, QList<EventEnvelope> &events);
    void noteTime(qint64 time);

    Recorder m_recorder;
    ProcessPoolExecutor m_pool;
    QHash<QString, SubscriberPointer> m_handlers;         // by plugin, hash and handler
    QHash<QString, RecipientsPointer> m_recipients;       // by that and the event
    std::unordered_map<quint64, Open> m_open;             // by emission
    std::unordered_map<ClusterTaskId, quint64> m_numbers; // of emissions
    std::unordered_map<quint64, TaskDetail> m_details;    // by emission
    QHash<quint16, int> m_slots;                          // by lane; -1: never started
    quint64 m_lastEmission = 0;
    int m_running = 0;
    qint64 m_meanTime = 0;
};

} // namespace Fanfare
