// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/sdk/context.h>

#include <QByteArray>

namespace Fanfare {

/// What a process pool and its workers say to each other, in the frames of frame.h over the
/// worker's standard input and output. Rare messages are one CBOR map each. Tasks and reports
/// travel as records, any number in one frame, see taskrecords.h.
///
///     host                                  worker
///     Hello{protocol, nonce, build}    -->
///                                      <--  Welcome{protocol, nonce, build, pid}
///     NameEvent, Load{handler, path}   -->
///                                      <--  Loaded | LoadFailed{code, text}
///     Tasks[...]                       -->
///                                      <--  Reports[Started], then Reports[Finished]
///     Cancel(task)                     -->
///                                      <--  CancelAck(task), when the task was not started
///     Recall                           -->
///                                      <--  Recalled(task) for each that was not started,
///                                           the newest first, then Recalled(0)
///     Drain                            -->
///                                      <--  Bye, then the process ends with exit code 0
///
/// The worker decides nothing: it neither leaves nor drops a task unless it is told to. Whatever
/// breaks the protocol makes the other end give up: the host kills the worker, the worker ends.
///
/// Arguments and results of 16 KiB and more lie in memory that the two share, see PayloadMemory:
/// their records say where. Without that memory, or when it is full, they follow their record, in
/// as many frames as it takes.
inline constexpr int workerProtocolVersion = 3;

/// What a task, a result or an error may take at most, in bytes of CBOR.
inline constexpr qsizetype maximumTaskPayload = 256 * 1024 * 1024;

inline constexpr qsizetype nonceSize = 32; ///< bytes

/// The exit code of a worker whose link broke: its descriptors were closed or written to.
inline constexpr int brokenLinkCode = 4;

/// What goes down to a worker. The values are frame types.
enum class WorkerCommand : quint16 {
    Hello = 0x0301, ///< the first frame, WorkerHello
    NameEvent,      ///< frame number: the event; payload: its name in UTF-8
    Load,           ///< frame number: the handler; LoadRequest
    Tasks,          ///< task records, see taskrecords.h
    Cancel,         ///< frame number: the task; no payload
    Recall,         ///< give back the sync tasks that were not started; no payload
    Ping,           ///< frame number: comes back with Pong
    Dump,           ///< say on the crash descriptor where every thread is; no answer
    Drain,          ///< finish what was sent, say Bye and end with exit code 0; nothing follows
};

/// What comes up from a worker.
enum class WorkerReply : quint16 {
    Welcome = 0x0401, ///< the first frame, WorkerWelcome; anything else before it is an error
    Loaded,           ///< frame number: the handler; no payload
    LoadFailed,       ///< frame number: the handler; LoadProblem
    Reports,          ///< report records, see taskrecords.h
    CancelAck,        ///< frame number: a task that was dropped before it started; no payload
    Recalled,         ///< frame number: a task that is given back, 0 after the last; no payload
    Pong,             ///< frame number: that of the Ping
    Log,              ///< frame number: the task, 0 for none; WorkerLine
    Progress,         ///< frame number: the task; WorkerProgress
    Bye,              ///< everything was reported
};

struct WorkerHello
{
    int protocol = workerProtocolVersion;
    QByteArray nonce; ///< nonceSize bytes; comes back with the welcome
    QString build;    ///< buildId() of the host
};

struct WorkerWelcome
{
    int protocol = workerProtocolVersion;
    QByteArray nonce;
    QString build;
    qint64 pid = 0;
};

/// Asks for one handler of one plugin. Tasks name it by the number of the frame.
struct LoadRequest
{
    QString plugin;  ///< id
    QString handler; ///< name in that plugin
    QString path;    ///< absolute
    QByteArray hash; ///< SHA-256 of the file, checked before it is loaded; empty: not checked
};

/// Why a handler cannot run in this worker.
struct LoadProblem
{
    QString code; ///< stable, such as "hash-mismatch"
    QString text; ///< a sentence that says what to do
};

struct WorkerLine
{
    qint64 time = 0; ///< MonotonicClock nanoseconds
    LogLevel level = LogLevel::Info;
    QString text;
    quint64 dropped = 0; ///< lines of this task left out before this one
};

struct WorkerProgress
{
    double fraction = 0; ///< 0..1
    QString text;        ///< may be empty
};

QByteArray encode(const WorkerHello &message);
QByteArray encode(const WorkerWelcome &message);
QByteArray encode(const LoadRequest &message);
QByteArray encode(const LoadProblem &message);
QByteArray encode(const WorkerLine &message);
QByteArray encode(const WorkerProgress &message);

/// Reads what encode() made. Error: Protocol, for anything else. \a T is one of the types above.
template <typename T>
Result<T> decodeWorkerMessage(const QByteArray &payload);

} // namespace Fanfare
