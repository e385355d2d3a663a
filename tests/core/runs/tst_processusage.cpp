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

#include <latch>
#include <thread>
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
    void switchesOfThreadsThatEndedStay();
    void theLastMomentsOfAWorkerCount();
    void theLargestWorkersKeepARow();
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
    const auto switches = [] { return switchesOf(self())[self()].voluntary; };
    const qint64 switched = switches();
    for (int i = 0; i < 100 && switches() == switched; ++i)
        usleep(100);
    QVERIFY(switches() > switched);
    QFile times(u"/proc/self/task/%1/schedstat"_s.arg(self()));
    if (times.open(QIODevice::ReadOnly))
        QVERIFY(switchesOf(self())[self()].ready >= times.readAll().split(' ')[1].toLongLong());
    QVERIFY(after.faults - before.faults > 64); // 4 KiB each, or 2 MiB and fewer
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

/// A thread of a pool that is given up, or of a handler.
void tst_ProcessUsage::switchesOfThreadsThatEndedStay()
{
    UsageWatch watch;
    watch.begin(self());
    std::latch slept(1);
    std::latch looked(1);
    std::thread thread([&slept, &looked] {
        for (int i = 0; i < 200; ++i)
            usleep(10);
        slept.count_down();
        looked.wait();
    });
    slept.wait();
    watch.look();
    const qint64 before = watch.usages().front().voluntary;
    looked.count_down();
    thread.join();

    watch.look();

    QVERIFY(before > 100);
    QVERIFY(watch.usages().front().voluntary >= before);
}

/// Between the last look and the end.
void tst_ProcessUsage::theLastMomentsOfAWorkerCount()
{
    UsageWatch watch;
    watch.begin(self());
    QProcess child; // waits, computes and ends
    child.start(u"sh"_s,
                {u"-c"_s, u"echo; read x; i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"_s});
    QVERIFY(child.waitForReadyRead());
    watch.take(startOf(child.processId()));
    child.write("\n");
    QVERIFY(child.waitForFinished());

    watch.look();

    QCOMPARE(watch.usages().size(), 3U);
    const ProcessUsage last = watch.usages().back();
    QCOMPARE(last.name, u"last moments of workers"_s);
    QVERIFY(last.isWorker && last.pid == 0);
    QVERIFY(last.cpu > 20'000'000);
    QCOMPARE(sumOf(watch.usages()).workers, 1);
}

void tst_ProcessUsage::theLargestWorkersKeepARow()
{
    std::vector<ProcessUsage> processes{{.name = u"app"_s, .pid = 1, .cpu = 5, .peakMemory = 1}};
    for (qint64 pid = 2; pid < 40'002; ++pid) {
        processes.push_back({.name = u"w"_s,
                             .pid = pid,
                             .isWorker = true,
                             .cpu = 1,
                             .peakMemory = 1000 + pid,
                             .faults = 2});
    }

    std::vector<ProcessUsage> kept = largestOf(processes, 100);
    const RunUsage sum = sumOf(kept);
    kept.push_back({.name = u"w"_s, .pid = 7, .isWorker = true, .cpu = 1, .peakMemory = 3});
    const std::vector<ProcessUsage> again = largestOf(kept, 100);

    QCOMPARE(sum.workers, 40'000);
    QCOMPARE(sum.cpu, 40'005);
    QCOMPARE(sum.faults, 80'000);
    QVERIFY(kept.size() <= 103 && kept.size() > 100);
    QCOMPARE(kept.front().name, u"app"_s);
    QCOMPARE(kept[1].peakMemory, 1000 + 40'002 - qint64(kept.size() - 3));
    QCOMPARE(again.back().count, kept[kept.size() - 2].count + 1);
    QCOMPARE(again.back().name, u"%1 smaller workers"_s.arg(again.back().count));
    QCOMPARE(largestOf(again, 200), again);
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
    index.processes = {{u"app"_s, 12, false, 3, 4, 5, 6, 7},
                       {u"process 1"_s, 13, true, 7, 8, 9, 10, 11, 12, 13}};

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
