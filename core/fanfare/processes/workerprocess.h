// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/messagejoiner.h>
#include <fanfare/ipc/taskrecords.h>
#include <fanfare/ipc/workerprotocol.h>
#include <fanfare/processes/workerlink.h>
#include <fanfare/processes/workerspawn.h>

#include <QObject>
#include <QProcess>

#include <memory>
#include <optional>

namespace Fanfare {

/// What a worker process says, with its slot.
///
/// Threads: [owner].
class WorkerListener
{
public:
    virtual ~WorkerListener() = default;

    virtual void workerWelcomed(int slot) = 0;
    /// A payload with a place lies in memory to which the worker may write at any time, and only
    /// until this returns.
    virtual void workerReported(int slot, const ReportRecord &report) = 0;

    /// Everything else: Loaded, LoadFailed, CancelAck, Recalled, Pong, Log, Progress, Bye.
    virtual void workerSaid(int slot, WorkerReply reply, quint64 number,
                            const QByteArray &payload) = 0;
    virtual void workerBroke(int slot) = 0; ///< nothing that it says can be used any more
    virtual void outputEnded(int slot) = 0;
    virtual void processEnded(int slot) = 0;

    /// Once after any number of the above, when the listener can act on what it was told.
    virtual void turnEnded() = 0;
};

/// The process of one slot, from its start to its last byte: frames down, frames up.
///
/// Threads: [owner], an event loop is needed.
class WorkerProcess final : public QObject
{
    Q_OBJECT

public:
    /// \a listener is borrowed. Nothing happens before start().
    WorkerProcess(int slot, WorkerSpawn &spawn, WorkerListener &listener);
    ~WorkerProcess() override; ///< kills what still runs [blocks]

    void start();
    void kill();    ///< its whole process group
    void abandon(); ///< reads nothing more

    void send(WorkerCommand command, const QByteArray &payload = {}, quint64 number = 0);
    void sendTask(const TaskRecord &task); ///< goes out with flush(), many in one frame
    void sendTask(const TaskRecord &task, const Arguments &arguments); ///< not encoded yet
    void flush();

    /// The same as far as the pipe has room; false when flush() has to be called for the rest. By
    /// any thread, as sendTask() and send(), while no other one is in any of these.
    bool write();

    bool isStopped() const; ///< by somebody, as SIGSTOP or a debugger does
    quint32 memory() const; ///< KiB that it shares with nobody; 0: unknown
    qint64 pid() const { return m_pid; }
    qint64 started() const { return m_started; }

    /// Why it is no usable worker: a stable code and a sentence; nothing when it is one.
    const std::optional<LoadProblem> &problem() const { return m_problem; }

    /// How it ended; the task is left empty. Only after processEnded().
    WorkerEnd end() const;
    WorkerRemains &remains() { return *m_remains; }

private:
    void handleFrames();
    void readErrors();
    bool handle(Frame &frame);
    bool welcome(const QByteArray &payload);
    bool report(const QByteArray &payload);
    bool findPayload(ReportRecord &record);
    void breakOff(const QString &code, const QString &text);
    void setProblem(const QString &code, const QString &text);
    void finished(int exitCode, QProcess::ExitStatus status);
    void failed(QProcess::ProcessError error);
    void refuseProgram(const QString &why);
    void endOutput();
    void sendLarge(const TaskRecord &task);
    void addToFrame(const TaskRecord &task);
    void endTasksFrame();

    const int m_slot;
    WorkerSpawn &m_spawn;
    WorkerListener &m_listener;
    QProcess m_process;
    std::unique_ptr<WorkerRemains> m_remains;
    WorkerLink m_link;
    MessageJoiner m_joiner;
    QByteArray m_tasks; // records that wait for flush()
    QByteArray m_nonce;
    QByteArray m_errorTail;
    std::optional<LoadProblem> m_problem;
    qint64 m_pid = 0;
    qint64 m_started = 0;
    qint64 m_ended = 0;
    int m_exitCode = 0;
    int m_signal = 0;
    bool m_isWelcome = false;
    bool m_isAbandoned = false;
    bool m_isOutputEnded = false;
};

} // namespace Fanfare
