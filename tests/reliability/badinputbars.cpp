// SPDX-License-Identifier: MIT
// What goes wrong from outside: helper executables that are none (R12), and handlers that misuse
// their process (bad-input). Each has its own reason code, and nothing is left behind.
#include "bar.h"
#include "chaospool.h"
#include "chaosrun.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>
#include <QFile>
#include <QSet>

#include <algorithm>
#include <thread>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// What there is of this process in the system.
struct Belongings
{
    quint64 descriptors = openDescriptors();
    quint64 folders = workerFolders();

    /// What is there now and was not before; empty when nothing is.
    QString left() const
    {
        const auto processes = childProcesses().size();
        const qint64 more = qint64(openDescriptors()) - qint64(descriptors);
        const qint64 moreFolders = qint64(workerFolders()) - qint64(folders);
        if (processes == 0 && more <= 0 && moreFolders <= 0)
            return {};
        return u"%1 processes, %2 descriptors and %3 folders are left."_s.arg(processes)
            .arg(more)
            .arg(moreFolders);
    }
};

struct HostEnd
{
    QString reason = u"not rejected"_s;
    double seconds = 0;
    qsizetype starts = 0;
    double busy = 0; ///< share of a processor afterwards
};

} // namespace

static double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

/// The share of a processor that this process takes while nothing is asked of it: the least of some
/// rests, since the first ones still see what the end of a worker costs.
static double idleShare()
{
    static constexpr milliseconds rest{200};
    double least = 1;
    for (int i = 0; i < 3; ++i) {
        const double before = processorSeconds();
        std::this_thread::sleep_for(rest); // it is measured, nothing waits for it
        const double used = processorSeconds() - before;
        least = std::min(least, used / std::chrono::duration<double>(rest).count());
    }
    return least;
}

/// How the one task ends that is given to a pool with \a host.
static HostEnd endWith(const QString &host)
{
    HostEnd end;
    const qint64 begin = MonotonicClock::now();
    ChaosPool pool({.workers = 1, .hostPath = host});
    (void)pool.emitKind(u"throw"_s);
    (void)pool.waitUntilIdle(seconds(60));
    end.seconds = double(MonotonicClock::now() - begin) / 1e9;
    if (pool.count(Outcome::Rejected) == 1 && !pool.details.empty())
        end.reason = pool.details.front().error.type;
    end.starts = std::ranges::count_if(pool.laneEvents, [](const LaneEvent &event) {
        return event.kind == LaneEventKind::Died || event.kind == LaneEventKind::Failed;
    });
    end.busy = idleShare();
    return end;
}

static QString plainFile(const QTemporaryDir &folder, const QString &name, const QByteArray &text)
{
    QFile file(folder.filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    return file.fileName();
}

static QString script(const QTemporaryDir &folder, const QString &name, const QByteArray &body)
{
    const QString path = plainFile(folder, name, "#!/bin/sh\n" + body + "\n");
    QFile::setPermissions(path, QFile::ReadOwner | QFile::ExeOwner);
    return path;
}

BarResult runBadHosts(const BarOptions &)
{
    const Belongings before;
    const QTemporaryDir folder;
    const QByteArray own =
        "exec '" + QCoreApplication::applicationFilePath().toLocal8Bit() + "' bad-host ";
    const QList<std::array<QString, 3>> hosts{
        {u"missing"_s, folder.filePath(u"nobody"_s), u"worker-missing"_s},
        {u"notExecutable"_s, plainFile(folder, u"plain"_s, "no program"),
         u"worker-not-executable"_s},
        {u"otherBuild"_s, script(folder, u"build"_s, own + "other-build"), u"worker-other-build"_s},
        {u"otherProtocol"_s, script(folder, u"protocol"_s, own + "other-protocol"),
         u"worker-other-protocol"_s},
        {u"exits0"_s, script(folder, u"exits"_s, "exit 0"), u"worker-exits"_s},
        {u"crashes"_s, script(folder, u"crashes"_s, "kill -SEGV $$"), u"worker-crashes"_s},
        {u"babbles"_s, script(folder, u"babbles"_s, "echo hello; exec sleep 60"),
         u"worker-babbles"_s},
        {u"hangs"_s, script(folder, u"hangs"_s, "exec sleep 60"), u"worker-hangs"_s},
        {u"stopped"_s, script(folder, u"stopped"_s, "kill -STOP $$"), u"worker-stopped"_s}};
    BarResult bar;
    for (const auto &[name, host, reason] : hosts) {
        const HostEnd end = endWith(host);
        bar.figures[name] = u"%1 in %2 s after %3 starts"_s.arg(end.reason)
                                .arg(end.seconds, 0, 'f', 1)
                                .arg(end.starts);
        if (end.reason != reason)
            bar.problem = u"A host that is %1 is told as %2."_s.arg(name, end.reason);
        else if (end.seconds > 6 || end.starts > 5 || end.busy > 0.05)
            bar.problem = u"A host that is %1 costs too much: %2, then %3 percent of a processor."_s
                              .arg(name, bar.figures[name].toString())
                              .arg(end.busy * 100, 0, 'f', 1);
    }
    if (bar.problem.isEmpty())
        bar.problem = before.left();
    return bar;
}

namespace {

/// A handler that misuses its process, and how its task has to end.
struct Misuse
{
    QString kind;
    Outcome outcome = Outcome::Crashed;
    QString code;
    ProcessPoolOptions options = {};
    std::chrono::nanoseconds deadline{0};
};

} // namespace

static QList<Misuse> allMisuses()
{
    static constexpr quint64 gibibytes = quint64(1) << 30;
    return {{u"fork"_s, Outcome::Succeeded, {}},
            {u"close"_s, Outcome::Crashed, u"silent"_s},
            {u"babble"_s, Outcome::Crashed, u"protocol"_s},
            {u"flood-errors"_s, Outcome::Succeeded, {}},
            {u"allocate"_s, Outcome::Failed, u"std::bad_alloc"_s, {.memoryLimit = 4 * gibibytes}},
            {u"hang"_s, Outcome::TimedOut, u"deadline"_s, {}, milliseconds(50)},
            {u"exit-well"_s, Outcome::Crashed, u"exited"_s},
            {u"exit"_s, Outcome::Crashed, u"exited"_s},
            {u"stop"_s, Outcome::TimedOut, u"worker-stopped"_s, {}, milliseconds(50)}};
}

/// The most telling code of what became of the one task that failed.
static QString codeOf(const ChaosPool &pool)
{
    for (const TaskDetail &detail : pool.details) {
        const QString crash = detail.crash[u"code"_s].toString();
        const QString type = detail.error.type;
        return !crash.isEmpty() ? crash : !type.isEmpty() ? type : detail.reason;
    }
    return {};
}

/// Whether the process \a pid, which is nobody's child any more, is gone within a second.
static bool hasEnded(qint64 pid)
{
    static constexpr milliseconds pause{5};
    for (int i = 0; i < 200; ++i) {
        if (!isAlive(pid))
            return true;
        std::this_thread::sleep_for(pause);
    }
    return false;
}

/// A sentence about what is wrong with how \a misuse ends; empty when nothing is.
static QString problemOf(const Misuse &misuse, QString &told, qint64 &child)
{
    ProcessPoolOptions options = misuse.options;
    options.workers = 2;
    ChaosPool pool(options, misuse.deadline);
    (void)pool.emitKind(misuse.kind);
    if (!pool.waitUntilIdle(seconds(30)) || pool.spans.size() != 1)
        return u"The pool hangs after %1."_s.arg(misuse.kind);
    const QString code = codeOf(pool);
    told = outcomeName(pool.spans.front().outcome) + u' ' + code;
    if (misuse.kind == "fork"_L1)
        child = pool.details.empty() ? 0 : pool.details.front().result.toInteger();
    if (pool.spans.front().outcome != misuse.outcome || code != misuse.code)
        return u"%1 ends as %2."_s.arg(misuse.kind, told);
    for (int i = 0; i < 8; ++i) // enough for both workers
        (void)pool.emitKind(u"throw"_s);
    if (!pool.waitUntilIdle(seconds(30)) || pool.count(Outcome::Failed) < 8)
        return u"The pool is not what it was after %1."_s.arg(misuse.kind);
    return {};
}

BarResult runBadInput(const BarOptions &)
{
    BarResult bar;
    for (const Misuse &misuse : allMisuses()) {
        const Belongings before;
        QString told;
        qint64 child = 0;
        QString problem = problemOf(misuse, told, child);
        if (problem.isEmpty() && child > 0 && !hasEnded(child))
            problem = u"the process that it left behind goes on"_s;
        if (problem.isEmpty())
            problem = before.left();
        bar.figures[misuse.kind] = told;
        if (!problem.isEmpty() && bar.problem.isEmpty())
            bar.problem = u"%1: %2"_s.arg(misuse.kind, problem);
    }
    return bar;
}
