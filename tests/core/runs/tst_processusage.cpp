// SPDX-License-Identifier: MIT
#include <fanfare/base/clock.h>
#include <fanfare/runs/processusage.h>
#include <fanfare/runs/runinfo.h>
#include <fanfare/runs/usagewatch.h>

#include <QCborMap>
#include <QCborValue>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <unistd.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// With real processes: this one, and children of the shell.
class tst_ProcessUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThisProcess();
    void nothingOfWhatIsGone();
    void onlyWhatIsTakenInTheRunCounts();
    void aWorkerIsSeenUntilItEnds();
    void aProcessOfOthersIsNoWorker();
    void whatDiedBeforeASecondLookIsNotMeasured();
    void returnsFromAFile();
    void oldFilesHaveNone();
};

static qint64 self()
{
    return getpid();
}

/// Takes at least \a nanoseconds of CPU.
static void compute(qint64 nanoseconds)
{
    const qint64 end = usageOf(self()).cpu + nanoseconds;
    while (usageOf(self()).cpu < end) { }
}

void tst_ProcessUsage::readsThisProcess()
{
    const ProcessUsage before = usageOf(self());
    const std::vector<char> memory(size_t(64) << 20, 'x');

    const ProcessUsage after = usageOf(self());

    QCOMPARE(after.pid, self());
    QVERIFY(after.cpu > before.cpu);
    QVERIFY(after.peakMemory >= 64 * 1024 && after.peakMemory < 4 * 1024 * 1024);
    QVERIFY(memory.back() == 'x');
    // A thread that waits gives up its core, unless the time is over before it comes to that.
    for (int i = 0; i < 100 && usageOf(self()).voluntary == before.voluntary; ++i)
        usleep(100);
    QVERIFY(usageOf(self()).voluntary > before.voluntary);
    QCOMPARE(parentOf(self()), qint64(getppid()));
}

void tst_ProcessUsage::nothingOfWhatIsGone()
{
    QProcess child;
    child.start(u"true"_s, {});
    const qint64 pid = child.processId();
    QVERIFY(child.waitForFinished());

    QCOMPARE(usageOf(pid), ProcessUsage());
    QCOMPARE(usageOf(0), ProcessUsage());
    QCOMPARE(parentOf(pid), 0);
}

void tst_ProcessUsage::onlyWhatIsTakenInTheRunCounts()
{
    compute(30'000'000);
    UsageWatch watch;
    QVERIFY(watch.usages().empty());

    watch.begin(self());
    compute(10'000'000);
    watch.look();

    QCOMPARE(watch.usages().size(), 1U);
    const ProcessUsage app = watch.usages().front();
    QCOMPARE(app.name, u"app"_s);
    QVERIFY(!app.isWorker);
    QVERIFY(app.cpu >= 10'000'000 && app.cpu < usageOf(self()).cpu - 25'000'000);
}

static TraceBatch startOf(qint64 pid)
{
    TraceBatch batch;
    batch.lanes.push_back({LaneId(3), LaneKind::Process, u"process 1"_s, 0});
    batch.laneEvents.push_back({LaneId(3), LaneEventKind::Started, MonotonicClock::now(), pid, {}});
    return batch;
}

void tst_ProcessUsage::aWorkerIsSeenUntilItEnds()
{
    UsageWatch watch;
    watch.begin(self());
    QProcess child; // computes, says so, and waits
    child.start(u"sh"_s,
                {u"-c"_s, u"i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo; read x"_s});
    QVERIFY(child.waitForReadyRead());
    watch.take(startOf(child.processId()));

    watch.look();
    const qint64 pid = child.processId();
    child.write("\n");
    QVERIFY(child.waitForFinished());
    watch.look();

    QCOMPARE(watch.usages().size(), 2U);
    const ProcessUsage worker = watch.usages().back();
    QCOMPARE(worker.name, u"process 1"_s);
    QCOMPARE(worker.pid, pid);
    QVERIFY(worker.isWorker);
    QVERIFY(worker.cpu > 1'000'000); // also what it took before it was told of
    QVERIFY(worker.peakMemory > 200);
    const RunUsage sum = sumOf(watch.usages());
    QCOMPARE(sum.workers, 1);
    QCOMPARE(sum.workerMemory, worker.peakMemory);
    QCOMPARE(sum.allMemory, worker.peakMemory + watch.usages().front().peakMemory);
    QCOMPARE(sum.cpu, worker.cpu + watch.usages().front().cpu);
}

/// As the numbers of workers on other hosts are.
void tst_ProcessUsage::aProcessOfOthersIsNoWorker()
{
    UsageWatch watch;
    watch.begin(self());

    watch.take(startOf(1));
    watch.take(startOf(getppid()));

    QCOMPARE(watch.usages().size(), 1U);
}

void tst_ProcessUsage::whatDiedBeforeASecondLookIsNotMeasured()
{
    QProcess child;
    child.start(u"sh"_s, {u"-c"_s, u"read x"_s});
    QVERIFY(child.waitForStarted());
    UsageWatch watch;
    watch.begin(child.processId());
    child.write("\n");
    QVERIFY(child.waitForFinished());

    watch.look();

    QVERIFY(watch.usages().empty()); // and not: no CPU time at all
}

void tst_ProcessUsage::returnsFromAFile()
{
    RunIndex index;
    index.info.id = u"i"_s;
    index.processes = {{u"app"_s, 12, false, 3, 4, 5, 6}, {u"process 1"_s, 13, true, 7, 8, 9, 10}};

    const Result<RunIndex> read = readRunIndex(index.toCbor().toCborValue().toCbor());

    QVERIFY(read);
    QCOMPARE(read->processes, index.processes);
}

void tst_ProcessUsage::oldFilesHaveNone()
{
    RunIndex index;
    index.info.id = u"i"_s;
    QCborMap map = index.toCbor();
    map.remove(u"processes"_s);
    QCborMap odd = map;
    odd.insert(u"processes"_s, QCborArray{5, QCborArray{u"x"_s, -1, true, u"y"_s}});

    const Result<RunIndex> old = readRunIndex(map.toCborValue().toCbor());
    const Result<RunIndex> damaged = readRunIndex(odd.toCborValue().toCbor());

    QVERIFY(old && old->processes.empty());
    QVERIFY(damaged);
    QCOMPARE(damaged->processes.size(), 2U);
    QCOMPARE(damaged->processes.back(), (ProcessUsage{u"x"_s, 0, true, 0, 0, 0, 0}));
}

QTEST_GUILESS_MAIN(tst_ProcessUsage)
#include "tst_processusage.moc"
