// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/subscriber.h>
#include <fanfare/ipc/payloadmemory.h>
#include <fanfare/processes/childpolicy.h>
#include <fanfare/processes/killcause.h>
#include <fanfare/processes/poolguard.h>

#include <QCborArray>
#include <QCborMap>
#include <QProcess>
#include <QStringList>

#include <memory>

namespace Fanfare {

/// How a worker ended, as its supervisor knows it.
struct WorkerEnd
{
    qint64 pid = 0;
    int exitCode = 0;
    int signal = 0; ///< 0 when it ended by itself
    KillCause cause = KillCause::None;
    QString problem;         ///< what was wrong with the protocol; a sentence or empty
    qint64 started = 0;      ///< MonotonicClock nanoseconds, of the process
    qint64 ended = 0;        ///< the same
    TaskId task;             ///< which ran; emission 0 when none did
    HandlerIdentity handler; ///< of that task
    QString event;           ///< of that task
    int attempt = 0;
    QByteArray arguments;     ///< of that task, see encodeArguments()
    QByteArray errorTail;     ///< the last of what it wrote to standard error, at most 64 KiB
    QStringList lastLines;    ///< the last log lines of that task, at most 200
    quint32 memory = 0;       ///< KiB, when it last said so; 0 unknown
    bool ranOnlyThat = false; ///< no other task was under way
    QCborArray earlier;       ///< the reports of former attempts at that task
};

/// What a started worker has besides its pipes: the memory its crash handler writes to, the one for
/// large payloads, its private folder, its process group. Destroying it cleans all of that up.
///
/// Threads: [owner].
class WorkerRemains
{
public:
    virtual ~WorkerRemains() = default;

    /// Kills the worker's whole process group, grandchildren included.
    virtual void killGroup() = 0;

    /// The crash report of the worker, whose end is known; see CrashReport for the keys. It is
    /// also kept as a file, see CrashStore. Some milliseconds. [blocks]
    virtual QCborMap crashReport(const WorkerEnd &end) = 0;

    /// What it shares with this process for large payloads; null: nothing.
    virtual PayloadMemory *payloads() = 0;
};

struct WorkerSpawnOptions
{
    QString hostPath;        ///< the helper executable, absolute
    quint64 memoryLimit = 0; ///< bytes of address space; 0: none
};

class CrashStore;

/// Knows how a worker process is started: its command line, its environment and its limits, see
/// ChildPolicy. Its working directory is an empty folder of its own. Its environment is marked, see
/// RunMark, so that what it leaves behind is found; the guard of the pool is started with the first
/// worker.
///
/// Threads: [owner]; the worker dies with the thread that called start(). Lives longer than what
/// start() returns.
class WorkerSpawn
{
public:
    explicit WorkerSpawn(WorkerSpawnOptions options);
    ~WorkerSpawn();

    /// Starts \a process, which is not running and whose channels are separate, with \a pipes for
    /// its standard input and output. Whether it started is told by its signals.
    std::unique_ptr<WorkerRemains> start(QProcess &process, WorkerPipes pipes = {});

    const WorkerSpawnOptions &options() const { return m_options; }

private:
    const WorkerSpawnOptions m_options;
    const std::unique_ptr<CrashStore> m_store;
    PoolGuard m_guard;
};

} // namespace Fanfare
