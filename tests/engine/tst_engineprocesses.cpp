// SPDX-License-Identifier: MIT
#include "linkharness.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_EngineProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runsTheExampleInWorkers();
    void knowsWhereItsHandlersComeFrom();
    void losesOneTaskToACrash();
    void showsOutputAtItsTask();
    void runsCoroutinesSideBySide();
    void leavesNothingWhenItIsKilled();
    void leavesNothingWhenItShutsDown();

private:
    QTemporaryDir m_data;
};

static EngineOptions processOptions()
{
    EngineOptions options = bundledOptions();
    options.executor = ExecutorKind::Processes;
    return options;
}

void tst_EngineProcesses::initTestCase()
{
    QVERIFY(m_data.isValid());
    qputenv("XDG_DATA_HOME", m_data.path().toLocal8Bit());
}

static bool isWorker(const QString &pid)
{
    QFile line(u"/proc/%1/cmdline"_s.arg(pid));
    return line.open(QIODevice::ReadOnly) && line.readAll().split('\0').value(1) == "worker";
}

/// The workers whose parent is \a parent.
static QList<qint64> workersOf(qint64 parent)
{
    QList<qint64> children;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile file(u"/proc/%1/stat"_s.arg(name));
        if (name.toLongLong() <= 0 || !file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray stat = file.readAll();
        if (stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(1).toLongLong() == parent
            && isWorker(name))
            children.append(name.toLongLong());
    }
    return children;
}

static bool isAlive(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
}

static int aliveCount(const QList<qint64> &pids)
{
    return int(std::count_if(pids.begin(), pids.end(), isAlive));
}

static const TaskDetail *detailOf(const LinkHarness &harness, quint64 emission)
{
    for (const TaskDetail &detail : harness.details) {
        if (number(detail.task.emission) == emission)
            return &detail;
    }
    return nullptr;
}

void tst_EngineProcesses::runsTheExampleInWorkers()
{
    LinkHarness harness(processOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"StringEvent"_s, 2)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 4);
    for (const SpanRecord &span : harness.spans) {
        QVERIFY(span.queued <= span.started && span.started <= span.finished);
        const bool isSync = span.subscriber == harness.subscriberOf(u"[Sync]"_s);
        QCOMPARE(harness.lanes.at(number(span.lane)).kind,
                 isSync ? LaneKind::Process : LaneKind::Loop);
    }
}

void tst_EngineProcesses::knowsWhereItsHandlersComeFrom()
{
    LinkHarness harness(processOptions());
    QVERIFY(harness.start());

    for (const PluginFact &plugin : harness.link.catalog().plugins) {
        QVERIFY2(plugin.isActive, qPrintable(plugin.message));
        QCOMPARE(plugin.hash.size(), 32);
        QVERIFY(QDir::isAbsolutePath(plugin.path));
    }
}

void tst_EngineProcesses::losesOneTaskToACrash()
{
    LinkHarness harness(processOptions());
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Sleep"_s, 20, {{u"ms"_s, 10}})));

    QVERIFY(harness.link.emitEvent(commandFor(u"ChaosSegfault"_s)));

    QVERIFY(waitFor([&] { return harness.spans.size() == 21; }, 10'000));
    QVERIFY(!harness.end);
    QCOMPARE(harness.spanCount(Outcome::Crashed), 1);
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 20);
    const TaskDetail *const detail = detailOf(harness, 21);
    QVERIFY(detail);
    QCOMPARE(detail->crash[u"signalName"_s].toString(), u"SIGSEGV"_s);
    QCOMPARE(detail->crash[u"handler"_s].toString(), u"segfault"_s);
    QVERIFY(detail->crash[u"text"_s].toString().contains(u"segfault(Fanfare::Context&)"_s));
    const auto isDeath = [](const LaneEvent &event) { return event.kind == LaneEventKind::Died; };
    QCOMPARE(std::count_if(harness.laneEvents.begin(), harness.laneEvents.end(), isDeath), 1);
}

void tst_EngineProcesses::showsOutputAtItsTask()
{
    LinkHarness harness(processOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"StringEvent"_s)));

    QVERIFY(harness.waitForIdle());
    const QStringList sync = harness.linesOf({EmissionId(1), 0});
    const QStringList async = harness.linesOf({EmissionId(1), 1});
    QCOMPARE(sync, (QStringList{u"[Sync] Started!"_s, u"[Sync] Finished!"_s}));
    QCOMPARE(async, (QStringList{u"[Async] Started!"_s, u"[Async] Finished!"_s}));
}

void tst_EngineProcesses::runsCoroutinesSideBySide()
{
    LinkHarness harness(processOptions());
    QVERIFY(harness.start());
    QElapsedTimer clock;
    clock.start();

    QVERIFY(harness.link.emitEvent(commandFor(u"SleepAsync"_s, 500, {{u"ms"_s, 500}})));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 500);
    QVERIFY(clock.elapsed() < 5'000); // one after the other it would be 250 s
}

void tst_EngineProcesses::leavesNothingWhenItIsKilled()
{
    LinkHarness harness(processOptions());
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Chaos"_s, 2, {{u"kind"_s, u"spin"_s}})));
    QVERIFY(harness.waitForRunning(2));
    const QList<qint64> workers = workersOf(harness.link.pid());
    QCOMPARE(aliveCount(workers), 2);

    ::kill(pid_t(harness.link.pid()), SIGKILL);

    QElapsedTimer clock;
    clock.start();
    while (aliveCount(workers) > 0 && clock.elapsed() < 5'000) { }
    QVERIFY2(clock.elapsed() < 100, QByteArray::number(clock.elapsed()));
    QVERIFY(harness.waitForEnd());
    QCOMPARE(harness.end->lost.size(), 2);
}

void tst_EngineProcesses::leavesNothingWhenItShutsDown()
{
    LinkHarness harness(processOptions());
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Sleep"_s, 10, {{u"ms"_s, 150}})));
    QVERIFY(harness.waitForRunning(2));
    const QList<qint64> workers = workersOf(harness.link.pid());

    harness.link.shutdown();

    QVERIFY(harness.waitForEnd());
    QVERIFY(harness.end->wasExpected);
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 10);
    QCOMPARE(aliveCount(workers), 0);
}

QTEST_GUILESS_MAIN(tst_EngineProcesses)
#include "tst_engineprocesses.moc"
