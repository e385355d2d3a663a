// SPDX-License-Identifier: MIT
// The bars of single ways to fail: R6, R7, R12, R13, R14, R16.
#include "bar.h"
#include "chaosrun.h"

#include <fanfare/base/clock.h>

#include <QFile>
#include <QHash>

#include <algorithm>
#include <unistd.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// A pool with the handler "chaos", and what it told.
class ChaosPool
{
public:
    explicit ChaosPool(ProcessPoolOptions options = {}, std::chrono::nanoseconds deadline = {});

    bool emitKind(const QString &kind);
    bool waitUntilIdle(std::chrono::nanoseconds timeout);
    quint64 count(Outcome outcome) const;

    std::vector<SpanRecord> spans;
    std::vector<TaskDetail> details;
    std::vector<LaneEvent> laneEvents;

private:
    void drain();

    Recorder m_recorder;
    EventLinker m_linker;
    std::unique_ptr<ProcessPoolExecutor> m_executor;
    std::unique_ptr<EventEmitter> m_emitter;
};

} // namespace

ChaosPool::ChaosPool(ProcessPoolOptions options, std::chrono::nanoseconds deadline)
{
    if (options.workers == 0)
        options.workers = 2;
    options.recorder = &m_recorder;
    if (options.hostPath.isEmpty())
        options.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host");
    m_executor = std::make_unique<ProcessPoolExecutor>(options);
    m_emitter = std::make_unique<EventEmitter>(m_linker, *m_executor);
    SubscriberOptions subscriber;
    subscriber.handler = remoteHandler(QStringLiteral(FANFARE_TEST_PLUGIN_DIR "/chaos.so"),
                                       u"org.fanfare.chaos"_s, u"chaos"_s);
    subscriber.handler.deadline = deadline;
    (void)*m_linker.subscribe({Event(u"Chaos"_s)}, std::move(subscriber));
}

bool ChaosPool::emitKind(const QString &kind)
{
    return bool(m_emitter->emit(Event(u"Chaos"_s), {{}, {}, {{u"kind"_s, kind}}}));
}

bool ChaosPool::waitUntilIdle(std::chrono::nanoseconds timeout)
{
    const bool isIdle = m_executor->waitUntilIdle(timeout);
    drain();
    return isIdle;
}

void ChaosPool::drain()
{
    const TraceBatch batch = m_recorder.drain();
    spans.insert(spans.end(), batch.spans.begin(), batch.spans.end());
    details.insert(details.end(), batch.details.begin(), batch.details.end());
    laneEvents.insert(laneEvents.end(), batch.laneEvents.begin(), batch.laneEvents.end());
}

quint64 ChaosPool::count(Outcome outcome) const
{
    return quint64(std::count_if(spans.begin(), spans.end(),
                                 [&](const SpanRecord &span) { return span.outcome == outcome; }));
}

/// Memory of this process, in KiB.
static qint64 ownMemory()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly)
        ? file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) / 1024
        : 0;
}

static const QHash<QString, int> &signalsByKind()
{
    static const QHash<QString, int> all{
        {u"segfault"_s, 11}, {u"abort"_s, 6},        {u"divide"_s, 8},
        {u"illegal"_s, 4},   {u"bus"_s, 7},          {u"overflow"_s, 11},
        {u"pure"_s, 6},      {u"free-twice"_s, 6},   {u"corrupt"_s, 6},
        {u"smash"_s, 6},     {u"jump"_s, 11},        {u"overflow-thread"_s, 11},
        {u"kill"_s, 9},      {u"throw-thread"_s, 6}, {u"segfault-thread"_s, 11}};
    return all;
}

BarResult runCrashKinds(const BarOptions &options)
{
    const quint64 times = options.schedules.value_or(100);
    quint64 wrongEnds = 0;
    int namedKinds = 0;
    for (auto kind = signalsByKind().begin(); kind != signalsByKind().end(); ++kind) {
        ChaosPool pool;
        for (quint64 i = 0; i < times; ++i)
            (void)pool.emitKind(kind.key());
        if (!pool.waitUntilIdle(seconds(60)))
            return {{}, u"The pool hangs after %1."_s.arg(kind.key())};
        quint64 named = 0;
        quint64 right = 0;
        for (const TaskDetail &detail : pool.details) {
            right += detail.crash[u"signal"_s].toInteger() == kind.value();
            named += detail.crash[u"text"_s].toString().contains(u" of "_s)
                && detail.crash[u"frames"_s].toArray().size() > 1;
        }
        wrongEnds += times - std::min(right, pool.count(Outcome::Crashed));
        namedKinds += named >= times * 9 / 10;
    }
    BarResult bar{{{u"kinds"_s, signalsByKind().size()},
                   {u"times"_s, qint64(times)},
                   {u"wrongEnds"_s, qint64(wrongEnds)},
                   {u"kindsWithFrames"_s, namedKinds}},
                  {}};
    if (wrongEnds > 0)
        bar.problem = u"%1 crashes were not told as what they were."_s.arg(wrongEnds);
    else if (namedKinds < 12)
        bar.problem = u"Fewer than 12 kinds have a backtrace."_s;
    return bar;
}

BarResult runDeadlines(const BarOptions &options)
{
    const quint64 tasks = options.schedules.value_or(200);
    const QStringList kinds{u"hang"_s, u"spin"_s, u"stop"_s};
    ChaosPool pool({.workers = 4}, milliseconds(50));
    for (quint64 i = 0; i < tasks; ++i)
        (void)pool.emitKind(kinds[qsizetype(i) % kinds.size()]);
    const bool isIdle = pool.waitUntilIdle(seconds(120));
    qint64 latest = 0;
    for (const SpanRecord &span : pool.spans)
        latest = std::max(latest, span.finished - span.started);
    const quint64 late = pool.count(Outcome::TimedOut);
    BarResult bar{{{u"timedOut"_s, qint64(late)}, {u"latest"_s, double(latest) / 1e6}}, {}};
    if (!isIdle || late != tasks)
        bar.problem = u"%1 of %2 tasks timed out."_s.arg(late).arg(tasks);
    else if (latest > 450'000'000)
        bar.problem = u"A task ran longer than its deadline and 400 ms."_s;
    return bar;
}

/// The code of the end of the one task that is given to a pool with \a host.
static QString endWith(const QString &host, double &took)
{
    const qint64 begin = MonotonicClock::now();
    ChaosPool pool({.workers = 1, .hostPath = host});
    (void)pool.emitKind(u"throw"_s);
    (void)pool.waitUntilIdle(seconds(60));
    took = double(MonotonicClock::now() - begin) / 1e9;
    if (pool.count(Outcome::Rejected) != 1 || pool.details.empty())
        return u"not rejected"_s;
    return pool.details.front().reason;
}

static QString script(const QTemporaryDir &folder, const QString &name, const QByteArray &body)
{
    QFile file(folder.filePath(name));
    if (file.open(QIODevice::WriteOnly)) {
        file.write("#!/bin/sh\n" + body + "\n");
        file.setPermissions(file.permissions() | QFile::ExeOwner);
    }
    return file.fileName();
}

BarResult runBadHosts(const BarOptions &)
{
    const QTemporaryDir folder;
    const QList<std::pair<QString, QString>> hosts{
        {u"missing"_s, folder.filePath(u"nobody"_s)},
        {u"notExecutable"_s, u"/etc/hostname"_s},
        {u"exits0"_s, script(folder, u"exits"_s, "exit 0")},
        {u"crashes"_s, script(folder, u"crashes"_s, "kill -SEGV $$")},
        {u"babbles"_s, script(folder, u"babbles"_s, "echo hello; exec sleep 60")}};
    BarResult bar;
    for (const auto &[name, host] : hosts) {
        double took = 0;
        const QString reason = endWith(host, took);
        bar.figures[name] = u"%1 in %2 s"_s.arg(reason).arg(took, 0, 'f', 1);
        if (reason == u"not rejected"_s)
            bar.problem = u"With a host that %1 the task is not rejected."_s.arg(name);
        else if (took > 6)
            bar.problem = u"With a host that %1 it takes %2 s to say so."_s.arg(name).arg(took);
    }
    return bar;
}

BarResult runMemory(const BarOptions &)
{
    const qint64 before = ownMemory();
    ChaosPool pool({.workers = 2, .memoryLimit = quint64(4) << 30});
    for (int i = 0; i < 100; ++i)
        (void)pool.emitKind(u"leak"_s);
    for (int i = 0; i < 4; ++i)
        (void)pool.emitKind(u"allocate"_s);
    const bool isIdle = pool.waitUntilIdle(seconds(60));
    const auto isRecycled = [](const LaneEvent &event) {
        return event.kind == LaneEventKind::Recycled;
    };
    const auto recycled = std::count_if(pool.laneEvents.begin(), pool.laneEvents.end(), isRecycled);
    const qint64 growth = ownMemory() - before;
    BarResult bar{{{u"succeeded"_s, qint64(pool.count(Outcome::Succeeded))},
                   {u"failed"_s, qint64(pool.count(Outcome::Failed))},
                   {u"recycled"_s, qint64(recycled)},
                   {u"hostGrowthKiB"_s, growth}},
                  {}};
    if (!isIdle || pool.count(Outcome::Succeeded) != 100)
        bar.problem = u"A recycled worker took a task along."_s;
    else if (pool.count(Outcome::Failed) != 4)
        bar.problem = u"What asks for 8 GiB does not fail with a memory error."_s;
    else if (recycled < 2)
        bar.problem = u"Workers that grew by 300 MiB were not replaced."_s;
    else if (growth > 20 * 1024)
        bar.problem = u"This process grew by %1 KiB."_s.arg(growth);
    return bar;
}

BarResult runFloods(const BarOptions &)
{
    const qint64 before = ownMemory();
    ChaosPool pool;
    for (int i = 0; i < 10; ++i) // 200 MiB of errors, a million lines
        (void)(pool.emitKind(u"flood-errors"_s) && pool.emitKind(u"flood-log"_s));
    const bool isIdle = pool.waitUntilIdle(seconds(60));
    const qint64 growth = ownMemory() - before;
    BarResult bar{
        {{u"succeeded"_s, qint64(pool.count(Outcome::Succeeded))}, {u"hostGrowthKiB"_s, growth}},
        {}};
    if (!isIdle || pool.count(Outcome::Succeeded) != 20)
        bar.problem = u"A flood broke the protocol."_s;
    else if (growth > 32 * 1024)
        bar.problem = u"This process grew by %1 KiB."_s.arg(growth);
    return bar;
}

BarResult runBackPressure(const BarOptions &options)
{
    const quint64 emits = options.schedules.value_or(1'000'000);
    const qint64 before = ownMemory();
    ChaosPool pool({.workers = 2, .queueBound = 10'000});
    quint64 accepted = 0;
    qint64 longest = 0;
    for (quint64 i = 0; i < emits; ++i) {
        const qint64 begin = MonotonicClock::now();
        accepted += pool.emitKind(u"throw"_s);
        longest = std::max(longest, MonotonicClock::now() - begin);
    }
    const qint64 growth = ownMemory() - before;
    const bool isIdle = pool.waitUntilIdle(seconds(120));
    BarResult bar{{{u"accepted"_s, qint64(accepted)},
                   {u"refused"_s, qint64(emits - accepted)},
                   {u"ended"_s, qint64(pool.spans.size())},
                   {u"longestEmitMs"_s, double(longest) / 1e6},
                   {u"hostGrowthKiB"_s, growth}},
                  {}};
    if (!isIdle || pool.spans.size() != accepted)
        bar.problem = u"%1 of %2 accepted tasks ended."_s.arg(pool.spans.size()).arg(accepted);
    return bar;
}
