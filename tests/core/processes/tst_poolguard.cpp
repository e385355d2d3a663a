// SPDX-License-Identifier: MIT
// Nothing that a handler started stays, whoever is killed.
#include "poolrig.h"

#include <fanfare/processes/poolguard.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class tst_PoolGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void nothingStaysBehindAWorker_data();
    void nothingStaysBehindAWorker();
    void nothingStaysBehindAPool();
    void nothingStaysBehindItsOwner_data();
    void nothingStaysBehindItsOwner();
    void theNextStartFindsWhatIsLeft();
    void aGuardThatHangsDelaysNobody();
    void aGuardThatIsKilledIsReplaced();
};

/// Whether \a pid runs, and is not just something nobody has waited for.
static bool isAlive(qint64 pid)
{
    QFile status(u"/proc/%1/stat"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = status.readAll();
    return !QByteArrayView("ZX").contains(text.at(text.lastIndexOf(')') + 2));
}

static qint64 leaveSleeper(PoolRig &rig, const QString &how)
{
    const Emission emission = rig.emitOne(u"leaveSleeper"_s, {how});
    return emission.waitForFinished(20s) ? emission.tasks().at(0).result.toInteger() : 0;
}

/// The guard of the pool of \a owner; 0: there is none.
static qint64 guardOf(qint64 owner)
{
    const QByteArray mark = '.' + QByteArray::number(owner) + '.';
    for (const QString &entry : QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs)) {
        QFile line(u"/proc/%1/cmdline"_s.arg(entry));
        if (!line.open(QIODevice::ReadOnly))
            continue;
        const QList<QByteArray> words = line.readAll().split('\0');
        if (words.value(1) == "guard" && words.value(2).contains(mark))
            return entry.toLongLong();
    }
    return 0;
}

/// Another process with a pool, whose handlers have left two processes behind.
class Owner
{
public:
    Owner()
    {
        m_process.start(QCoreApplication::applicationFilePath(), {u"--owner"_s});
        if (!m_process.waitForReadyRead(20'000))
            return;
        for (const QByteArray &number : m_process.readLine().trimmed().split(' '))
            pids.append(number.toLongLong());
    }

    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    qint64 guard() const { return guardOf(m_process.processId()); }

    QList<qint64> pids; ///< of its worker and of what that left behind

private:
    QProcess m_process;
};

static int runOwner()
{
    PoolRig rig(1);
    rig.on(u"processId"_s);
    rig.on(u"leaveSleeper"_s);
    const Emission worker = rig.emitOne(u"processId"_s);
    worker.waitForFinished(20s);
    std::printf("%lld %lld %lld\n", worker.tasks().at(0).result.toInteger(),
                leaveSleeper(rig, u"fork"_s), leaveSleeper(rig, u"spawn"_s));
    std::fflush(stdout);
    rig.executor->waitUntilIdle(20s);
    for (;;)
        pause();
}

static int aliveCount(const QList<qint64> &pids)
{
    return int(std::count_if(pids.begin(), pids.end(), &isAlive));
}

void tst_PoolGuard::nothingStaysBehindAWorker_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("fork") << u"fork"_s;
    QTest::newRow("spawn") << u"spawn"_s;
}

void tst_PoolGuard::nothingStaysBehindAWorker()
{
    QFETCH(QString, how);
    PoolRig rig(1);
    rig.on(u"leaveSleeper"_s);
    rig.on(u"killItself"_s);

    const qint64 left = leaveSleeper(rig, how);
    const bool wasThere = left > 0 && isAlive(left);
    (void)rig.emitOne(u"killItself"_s);

    QVERIFY(wasThere);
    QTRY_VERIFY(!isAlive(left));
}

void tst_PoolGuard::nothingStaysBehindAPool()
{
    auto rig = std::make_unique<PoolRig>(1);
    rig->on(u"leaveSleeper"_s);
    const qint64 left = leaveSleeper(*rig, u"spawn"_s);
    const bool wasThere = left > 0 && isAlive(left);

    rig.reset();

    QVERIFY(wasThere);
    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(left), 100);
}

void tst_PoolGuard::nothingStaysBehindItsOwner_data()
{
    QTest::addColumn<bool>("isWorkerStopped");
    QTest::newRow("working") << false;
    QTest::newRow("stopped") << true;
}

void tst_PoolGuard::nothingStaysBehindItsOwner()
{
    QFETCH(bool, isWorkerStopped);
    Owner owner;
    QCOMPARE(owner.pids.size(), 3);
    QCOMPARE(aliveCount(owner.pids), 3);
    const qint64 guard = owner.guard();
    QVERIFY(guard > 0);
    if (isWorkerStopped)
        ::kill(pid_t(owner.pids.at(0)), SIGSTOP);
    QElapsedTimer timer;
    timer.start();

    owner.kill();

    QTRY_COMPARE(aliveCount(owner.pids), 0);
    qInfo("everything was gone after %lld ms", timer.elapsed());
    QTRY_VERIFY(!isAlive(guard));
}

void tst_PoolGuard::theNextStartFindsWhatIsLeft()
{
    Owner owner;
    QCOMPARE(aliveCount(owner.pids), 3);
    ::kill(pid_t(owner.guard()), SIGKILL);
    owner.kill();
    QTRY_VERIFY(!isAlive(owner.pids.at(0))); // the worker dies with its owner
    const bool wasThere = isAlive(owner.pids.at(2));

    PoolRig rig(1);
    rig.on(u"nothing"_s);
    (void)rig.emitOne(u"nothing"_s);

    QVERIFY(wasThere);
    QTRY_COMPARE(aliveCount(owner.pids), 0);
}

void tst_PoolGuard::aGuardThatHangsDelaysNobody()
{
    std::optional<PoolGuard> guard(std::in_place);
    QElapsedTimer timer;
    timer.start();
    guard->start("/usr/bin/yes"); // which never reads
    const pid_t process = guard->process();

    QVERIFY(process > 0);
    for (std::uint64_t i = 0; i < 100'000; ++i) // more than the pipe takes
        guard->workerStarting(i);
    const qint64 told = timer.elapsed();
    guard.reset();

    QVERIFY2(told < 2000, qPrintable(QString::number(told)));
    QVERIFY(!isAlive(process));
}

void tst_PoolGuard::aGuardThatIsKilledIsReplaced()
{
    PoolRig rig(1);
    rig.on(u"leaveSleeper"_s);
    rig.on(u"killItself"_s);
    rig.on(u"nothing"_s);
    const qint64 first = leaveSleeper(rig, u"fork"_s);
    ::kill(pid_t(guardOf(getpid())), SIGKILL);

    (void)rig.emitOne(u"killItself"_s);
    (void)rig.emitOne(u"nothing"_s);
    QVERIFY(rig.executor->waitUntilIdle(20s));
    const qint64 second = leaveSleeper(rig, u"fork"_s);
    (void)rig.emitOne(u"killItself"_s);

    QVERIFY(first > 0 && second > 0);
    QTRY_VERIFY(!isAlive(second));
    ::kill(pid_t(first), SIGKILL); // only the next run would have found it
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 2 && QLatin1StringView(argv[1]) == "--owner"_L1)
        return runOwner();
    tst_PoolGuard test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_poolguard.moc"
