// SPDX-License-Identifier: MIT
#include "fanfare/processes/crashanalysis.h"

#include <fanfare/base/signalname.h>
#include <fanfare/ipc/workerprotocol.h>
#include <fanfare/processes/symbols.h>

#include <QCryptographicHash>
#include <QFileInfo>

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr qsizetype maximumErrors = 64 * 1024; // bytes
static constexpr qsizetype maximumLines = 200;

/// The frames of the code that ran, without those of the signal handler that looked.
static QList<CrashFrame> framesOf(const CrashNote &note)
{
    const size_t mapsSize = std::min<size_t>(note.mapsSize, CrashNote::maximumMaps);
    Symbolizer symbolizer(QByteArrayView(note.maps.data(), qsizetype(mapsSize)));
    const auto begin = note.frames.begin();
    const auto end = begin + std::min<size_t>(note.frameCount, CrashNote::maximumFrames);
    auto at = std::find(begin, end, note.pc);
    QList<CrashFrame> frames{symbolizer.frameAt(note.pc, false)};
    if (at == end && frames.first().module.isEmpty()) // a jump into nowhere: who jumped
        frames.append(symbolizer.frameAt(note.returnAddress, true));
    for (at = at == end ? end : at + 1; at != end; ++at)
        frames.append(symbolizer.frameAt(*at, true));
    return frames;
}

static void addNote(CrashReport &report, const CrashNote &note)
{
    if (note.signal == 0 || (report.signal != note.signal && note.isDump == 0))
        return;
    report.signalCode = note.code;
    report.address = note.address;
    report.pc = note.pc;
    report.frames = framesOf(note);
}

/// Memory that was nearly used up, in bytes; 0 when that is not why a worker was killed.
static quint64 exhaustedMemory(const WorkerEnd &end, quint64 memoryLimit)
{
    const auto machine = quint64(sysconf(_SC_PHYS_PAGES)) * quint64(sysconf(_SC_PAGESIZE));
    const quint64 limit = memoryLimit > 0 ? std::min(memoryLimit, machine) : machine;
    return quint64(end.memory) * 1024 >= limit / 10 * 8 ? limit : 0;
}

struct CodeAndText
{
    QString code;
    QString text;
};

/// Why the pool killed a worker.
static CodeAndText ownKill(KillCause cause, const QString &problem)
{
    switch (cause) {
    case KillCause::None:
        break;
    case KillCause::Deadline:
        return {u"deadline"_s,
                u"The task ran past its deadline and did not stop when it was asked to, so its "
                "worker was killed; look at Context::stopToken() in the handler, or allow it more "
                "time."_s};
    case KillCause::Cancel:
        return {u"canceled"_s,
                u"The task was canceled and did not stop, so its worker was killed; look at "
                "Context::stopToken() in the handler."_s};
    case KillCause::Memory:
        return {u"memory"_s,
                u"Another task of the worker took more memory than it may, so the worker was "
                "killed."_s};
    case KillCause::Shutdown:
        return {u"shutdown"_s, u"The worker was killed because nobody waits for it any more."_s};
    case KillCause::Protocol:
        return {u"protocol"_s,
                problem.isEmpty() ? u"The worker wrote what its pool cannot understand, so it was "
                                    "killed; a handler may have written to a foreign "
                                    "descriptor."_s
                                  : problem};
    case KillCause::Flooding:
        return {u"flooding"_s,
                u"The worker wrote more than anybody could read, so it was killed; let the "
                "handler print less."_s};
    case KillCause::Silence:
        return {u"silent"_s,
                u"The worker closed its pipes and went on running, so it was killed; a handler "
                "must not close descriptors that it did not open."_s};
    case KillCause::Start:
        return {u"start"_s, u"The worker did not get ready in time, so it was killed."_s};
    case KillCause::Load:
        return {u"load"_s,
                u"The worker did not load the plugin in time, so it was killed; let the plugin do "
                "less when it is loaded."_s};
    case KillCause::Unresponsive:
        return {u"unresponsive"_s,
                u"The worker did not answer for three seconds, so it was killed; something may "
                "have stopped it."_s};
    case KillCause::Drain:
        return {u"leaving"_s,
                u"The worker did not leave when it was asked to, so it was killed."_s};
    }
    return {};
}

static QString handlerText(const CrashReport &report)
{
    return report.handler.handler.isEmpty()
        ? QString()
        : u" while it ran the handler \"%1\""_s.arg(report.handler.handler);
}

/// " in segfault() of chaos.so": the innermost function that has a name.
static QString placeText(const CrashReport &report)
{
    for (const CrashFrame &frame : report.frames) {
        if (!frame.function.isEmpty())
            return u" in %1 of %2"_s.arg(frame.function, QFileInfo(frame.module).fileName());
    }
    return {};
}

static CodeAndText foreignKill(const WorkerEnd &end, quint64 memoryLimit)
{
    const quint64 limit = exhaustedMemory(end, memoryLimit);
    if (limit > 0) {
        return {
            u"out-of-memory"_s,
            u"The worker was killed from outside, perhaps because memory ran out: it had %1 "
            "of %2 MiB; let the handler need less, or use fewer workers."_s.arg(end.memory / 1024)
                .arg(limit / 1024 / 1024)};
    }
    return {u"killed"_s,
            u"The worker was killed from outside with signal %1 (%2); the pool started another "
            "one."_s.arg(end.signal)
                .arg(signalName(end.signal))};
}

static CodeAndText ownEnd(const WorkerEnd &end, const CrashReport &report)
{
    if (end.signal == 0 && end.exitCode == brokenLinkCode) {
        return {u"silent"_s,
                u"The worker lost its pipes%1 and ended; a handler must not close or write to "
                "descriptors that it did not open."_s.arg(handlerText(report))};
    }
    if (end.signal == 0) {
        return {u"exited"_s,
                u"The worker ended itself with exit code %1%2; a handler must return or throw "
                "instead of calling exit()."_s.arg(end.exitCode)
                    .arg(handlerText(report))};
    }
    if (end.signal == SIGXCPU) {
        return {u"cpu-limit"_s,
                u"The worker spent more processor time than the deadline of its task allows%1, and "
                "nobody stopped it; look at Context::stopToken() in the handler."_s.arg(
                    handlerText(report))};
    }
    return {u"crashed"_s,
            u"The worker got signal %1 (%2)%3%4; correct the handler."_s.arg(end.signal)
                .arg(signalName(end.signal), placeText(report), handlerText(report))};
}

static CodeAndText describe(const WorkerEnd &end, const CrashReport &report, quint64 memoryLimit)
{
    if (end.cause != KillCause::None)
        return ownKill(end.cause, end.problem);
    const bool isForeign = end.signal == SIGKILL || end.signal == SIGTERM || end.signal == SIGINT
        || end.signal == SIGHUP || end.signal == SIGQUIT;
    return isForeign ? foreignKill(end, memoryLimit) : ownEnd(end, report);
}

/// Whether the handler of the report is to blame. A worker runs several coroutines at once: then
/// only the thread that got the signal tells which.
static bool isByHandler(const WorkerEnd &end, const CrashReport &report, const CrashNote *note)
{
    const bool isOwnEnd = report.code == "crashed"_L1 || report.code == "exited"_L1;
    if (!isOwnEnd || number(end.task.emission) == 0)
        return false;
    if (!note || end.signal == 0 || note->signal != end.signal)
        return end.ranOnlyThat;
    if (note->code == SI_USER) // somebody sent it with kill()
        return false;
    if (note->emission == 0)
        return end.ranOnlyThat;
    return note->emission == number(end.task.emission) && note->taskIndex == end.task.index;
}

CrashReport analyzeCrash(const WorkerEnd &end, const CrashNote *note, quint64 memoryLimit)
{
    CrashReport report;
    report.signal = end.signal;
    report.exitCode = end.exitCode;
    report.handler = end.handler;
    report.event = end.event;
    report.task = end.task;
    report.attempt = end.attempt;
    if (number(end.task.emission) != 0) {
        report.argumentsDigest =
            QCryptographicHash::hash(end.arguments, QCryptographicHash::Sha256);
    }
    report.lines = end.lastLines.mid(std::max<qsizetype>(0, end.lastLines.size() - maximumLines));
    report.errors = QString::fromUtf8(end.errorTail.right(maximumErrors));
    report.pid = end.pid;
    report.time = QDateTime::currentDateTimeUtc();
    report.uptime = end.ended - end.started;
    report.peakMemory = end.memory;
    if (note)
        addNote(report, *note);
    const CodeAndText what = describe(end, report, memoryLimit);
    report.code = what.code;
    report.text = what.text;
    report.isByHandler = isByHandler(end, report, note);
    return report;
}

} // namespace Fanfare
