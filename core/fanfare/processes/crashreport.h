// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/executors/subscriber.h>

#include <QCborMap>
#include <QDateTime>
#include <QList>
#include <QStringList>

#include <functional>

namespace Fanfare {

/// A place in the code of a process that crashed.
struct CrashFrame
{
    quint64 address = 0;  ///< in the memory of that process
    QString module;       ///< absolute path of the library or program; empty when unknown
    quint64 offset = 0;   ///< of the address in that file, as addr2line wants it
    QString function;     ///< demangled; empty when the file does not name it
    quint64 distance = 0; ///< bytes from the beginning of the function
};

/// How a worker died and what it did at the time: TaskDetail::crash and, as JSON, the files of
/// crashstore.h. As a map it has these keys; what is unknown is left out:
///
///     "code"       text   stable, see below
///     "text"       text   one English sentence: what happened, and what to do when that is known
///     "signal"     int    number of the signal that ended the worker
///     "signalName" text   "SIGSEGV"
///     "signalCode" int    si_code of that signal
///     "exitCode"   int    when it ended by itself
///     "address"    text   "0x8", which the signal is about: of the access that failed
///     "pc"         text   "0x7f12...", where the code was
///     "frames"     array  of maps, innermost first: "address", "module", "offset", "function",
///                         "distance"; the numbers are texts such as "0x1f"
///     "plugin"     text   id            "pluginPath" text     "pluginHash" text  SHA-256, hex
///     "handler"    text   name          "event"      text
///     "emission"   int                  "index"      int      position of the task in it, from 0
///     "attempt"    int    from 1
///     "arguments"  text   SHA-256 of the encoded arguments, hex
///     "lines"      array  of texts, the last log lines of the task, oldest first, at most 200
///     "errors"     text   the last that the worker wrote to standard error, at most 64 KiB
///     "pid"        int
///     "time"       text   ISO 8601 with milliseconds, UTC, when it was noticed
///     "uptime"     int    nanoseconds the worker lived
///     "peakMemory" int    KiB it had at most
///     "byHandler"  bool   the handler did it: nothing else ran, or its thread got the signal
///     "earlier"    array  of such maps: the former attempts at the task, oldest first
///
/// Values of "code":
///
///     crashed         a signal that the worker caused itself
///     exited          the handler, or what it called, ended the process
///     killed          a signal from outside that nobody of Fanfare sent
///     out-of-memory   killed by the system because memory ran out, as far as can be known
///     deadline, canceled, shutdown   killed by the pool, because the task did not stop
///     cpu-limit       far more processor time than the deadline of its task allows
///     protocol        what the worker said could not be understood
///     flooding        the worker wrote more than anybody could read
///     silent          the worker lost or closed its pipes
///     unresponsive    the worker did not answer any more, as if somebody had stopped it
///     start, load     killed because it did not get ready, or did not load a plugin, in time
///     leaving         killed because it did not leave when it was asked to
struct CrashReport
{
    QString code;
    QString text;
    int signal = 0;
    int signalCode = 0;
    int exitCode = 0;
    quint64 address = 0;
    quint64 pc = 0;
    QList<CrashFrame> frames;
    HandlerIdentity handler;
    QString event;
    TaskId task;
    int attempt = 0;
    QByteArray argumentsDigest; ///< SHA-256, empty when no task ran
    QStringList lines;
    QString errors;
    qint64 pid = 0;
    QDateTime time;
    qint64 uptime = 0;      ///< ns
    quint32 peakMemory = 0; ///< KiB; 0 unknown

    /// The worker crashed or left because of this handler and of nothing else, as certain as that
    /// can be. Never for what came from outside: kills, limits, memory of the machine.
    bool isByHandler = false;
};

/// Told when a worker died because of \a handler, as CrashReport::isByHandler says; \a text is the
/// sentence of the report. On the supervisor thread, which waits for it.
using CrashListener = std::function<void(const HandlerIdentity &handler, const QString &text)>;

/// The report with the keys above. [any]
QCborMap toMap(const CrashReport &report);

} // namespace Fanfare
