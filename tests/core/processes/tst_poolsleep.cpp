// SPDX-License-Identifier: MIT
// A pool wakes up when something happens, and not to see whether something did.
#include "poolrig.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <unistd.h>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class tst_PoolSleep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void sleepsWhileATaskRuns();
    void sleepsWhenIdle();
    void startsWorkersAhead();
};

static QByteArray textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// How often the threads of \a process, of those whose name begins with \a name, waited so far.
static qint64 waitsOf(qint64 process, const QByteArray &name = {})
{
    const QString tasks = u"/proc/%1/task"_s.arg(process);
    qint64 waits = 0;
    for (const QString &thread : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString folder = tasks + u'/' + thread;
        if (!textOf(folder + u"/comm"_s).startsWith(name))
            continue;
        const QByteArray status = textOf(folder + u"/status"_s);
        static constexpr QByteArrayView key = "\nvoluntary_ctxt_switches:";
        const qsizetype at = status.indexOf(key);
        waits += status.mid(at + key.size(), 20).simplified().split(' ').first().toLongLong();
    }
    return waits;
}

/// How often the supervisor and the process \a worker wake up in half a second. The time is what is
/// measured; nothing waits for it.
static std::pair<qint64, qint64> wakeUps(qint64 worker)
{
    const qint64 supervisor = waitsOf(getpid(), "fanfare supervi");
    const qint64 atWorker = waitsOf(worker);
    QTest::qSleep(500);
    return {waitsOf(getpid(), "fanfare supervi") - supervisor, waitsOf(worker) - atWorker};
}

static qint64 workerOf(PoolRig &rig)
{
    rig.on(u"processId"_s);
    const Emission emission = rig.emitOne(u"processId"_s);
    (void)emission.waitForFinished(20s);
    return emission.tasks().at(0).result.toInteger();
}

void tst_PoolSleep::sleepsWhileATaskRuns()
{
    PoolRig rig(1);
    const qint64 worker = workerOf(rig);
    rig.on(u"nap"_s);
    Emission nap = rig.emitOne(u"nap"_s, {3'600'000});
    QTRY_COMPARE(rig.executor->counters().running, 1U);

    const auto [atSupervisor, atWorker] = wakeUps(worker);
    nap.cancel();

    QVERIFY2(atSupervisor <= 8, qPrintable(QString::number(atSupervisor))); // it asks each second
    QVERIFY2(atWorker <= 8, qPrintable(QString::number(atWorker)));
    QVERIFY(nap.waitForFinished(20s));
    QCOMPARE(nap.tasks().at(0).outcome, Outcome::Canceled);
}

void tst_PoolSleep::sleepsWhenIdle()
{
    PoolRig rig(1);
    const qint64 worker = workerOf(rig);
    QVERIFY(rig.executor->waitUntilIdle(20s));

    const auto [atSupervisor, atWorker] = wakeUps(worker);

    QVERIFY2(atSupervisor <= 4, qPrintable(QString::number(atSupervisor)));
    QVERIFY2(atWorker <= 4, qPrintable(QString::number(atWorker)));
}

void tst_PoolSleep::startsWorkersAhead()
{
    ProcessPoolOptions options;
    options.startAhead = 2;
    PoolRig rig(3, options);

    int started = 0;
    const auto countStarts = [&] {
        for (const LaneEvent &event : rig.recorder.drain().laneEvents)
            started += event.kind == LaneEventKind::Started;
        return started;
    };

    QTRY_COMPARE_WITH_TIMEOUT(countStarts(), 2, 20'000);
    QCOMPARE(rig.executor->counters().submitted, 0U);
}

QTEST_GUILESS_MAIN(tst_PoolSleep)
#include "tst_poolsleep.moc"
