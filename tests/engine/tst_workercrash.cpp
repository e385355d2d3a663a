// SPDX-License-Identifier: MIT
#include "workerharness.h"

#include <fanfare/processes/crashreport.h>
#include <fanfare/processes/crashstore.h>

#include <QCborArray>
#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <cerrno>
#include <csignal>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_WorkerCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tellsHowAHandlerCrashed_data();
    void tellsHowAHandlerCrashed();
    void tellsWhereAnExitedHandlerEnded_data();
    void tellsWhereAnExitedHandlerEnded();
    void tellsThatItsPipesWereClosed();
    void tellsWhoKilledIt_data();
    void tellsWhoKilledIt();
    void tellsWhereAHangingHandlerIs();
    void saysWhichTaskItWas();
    void keepsReportsInFiles();
    void keepsAtMostTwoHundredFiles();
    void runsInsideItsLimits();
    void endsWithABadAllocAboveItsMemory();
    void seesOnlyAPartOfTheEnvironment();
    void inheritsNoDescriptors();
    void takesItsChildrenAlong();
    void leavesNoFolderBehind();

private:
    QTemporaryDir m_data;
};

static constexpr quint32 handler = 1;

void tst_WorkerCrash::initTestCase()
{
    QVERIFY(m_data.isValid());
    qputenv("XDG_DATA_HOME", m_data.path().toLocal8Bit());
}

/// A worker that has loaded the handler "chaos".
static std::unique_ptr<WorkerHarness> chaosWorker(const WorkerSpawnOptions &options)
{
    auto worker = std::make_unique<WorkerHarness>(options);
    if (!worker->greet() || worker->load(handler, requestFor(u"chaos"_s, u"chaos"_s)) != QString())
        return nullptr;
    return worker;
}

static void runChaos(WorkerHarness &worker, const QString &kind)
{
    worker.sendTask(1, handler, {{u"kind"_s, kind}});
}

void tst_WorkerCrash::tellsHowAHandlerCrashed_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("signal");
    QTest::addColumn<QString>("function"); // one of the backtrace; empty where there can be none

    QTest::newRow("segfault") << u"segfault"_s << SIGSEGV << u"segfault("_s;
    QTest::newRow("abort") << u"abort"_s << SIGABRT << u"abortProcess("_s;
    QTest::newRow("divide") << u"divide"_s << SIGFPE << u"divideByZero("_s;
    QTest::newRow("illegal") << u"illegal"_s << SIGILL << u"illegalInstruction("_s;
    QTest::newRow("bus") << u"bus"_s << SIGBUS << u"busError("_s;
    QTest::newRow("overflow") << u"overflow"_s << SIGSEGV << u"descend("_s;
    QTest::newRow("overflow-thread") << u"overflow-thread"_s << SIGSEGV << u"descend("_s;
    QTest::newRow("segfault-thread") << u"segfault-thread"_s << SIGSEGV << u"segfault("_s;
    QTest::newRow("throw-thread") << u"throw-thread"_s << SIGABRT << u"throwError("_s;
    QTest::newRow("free-twice") << u"free-twice"_s << SIGABRT << u"freeTwice("_s;
    QTest::newRow("corrupt") << u"corrupt"_s << SIGABRT << u"corruptHeap("_s;
    QTest::newRow("pure") << u"pure"_s << SIGABRT << u"callPureVirtual("_s;
    QTest::newRow("smash") << u"smash"_s << SIGABRT << u"smashStack("_s;
    QTest::newRow("jump") << u"jump"_s << SIGSEGV << u"jumpNowhere("_s;
    QTest::newRow("kill") << u"kill"_s << SIGKILL << QString();
}

/// All functions of the backtrace in \a crash, one per line.
static QString functionsOf(const QCborMap &crash)
{
    QStringList functions;
    for (const QCborValue frame : crash.value(u"frames"_s).toArray())
        functions.append(frame[u"function"_s].toString());
    return functions.join(u'\n');
}

void tst_WorkerCrash::tellsHowAHandlerCrashed()
{
    QFETCH(const QString, kind);
    QFETCH(const int, signal);
    QFETCH(const QString, function);
#if defined(__SANITIZE_ADDRESS__)
    static const QStringList caughtBefore{u"divide"_s, u"segfault-thread"_s, u"free-twice"_s,
                                          u"corrupt"_s, u"smash"_s};
    if (caughtBefore.contains(kind))
        QSKIP("The sanitizer ends the process before there is a signal");
#endif
    const auto worker = chaosWorker(workerOptions());
    QVERIFY(worker);

    runChaos(*worker, kind);

    QVERIFY(worker->waitForEnd());
    const QCborMap crash = worker->remains->crashReport(worker->end(1));
    QCOMPARE(crash[u"signal"_s].toInteger(), signal);
    QCOMPARE(crash[u"code"_s].toString(), signal == SIGKILL ? u"killed"_s : u"crashed"_s);
    QVERIFY2(functionsOf(crash).contains(function),
             crash.toCborValue().toDiagnosticNotation().toUtf8());
    QVERIFY(worker->report(1, ReportKind::Started));
    QVERIFY(!worker->report(1, ReportKind::Finished));
    if (kind == u"segfault"_s)
        QCOMPARE(crash[u"address"_s].toString(), u"0x8"_s);
}

void tst_WorkerCrash::tellsWhereAnExitedHandlerEnded_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("exitCode");

    QTest::newRow("exit") << u"exit"_s << 3;
    QTest::newRow("exit-well") << u"exit-well"_s << 0;
}

void tst_WorkerCrash::tellsWhereAnExitedHandlerEnded()
{
    QFETCH(const QString, kind);
    QFETCH(const int, exitCode);
    const auto worker = chaosWorker(workerOptions());
    QVERIFY(worker);

    runChaos(*worker, kind);

    QVERIFY(worker->waitForEnd());
    const QCborMap crash = worker->remains->crashReport(worker->end(1));
    QCOMPARE(crash[u"code"_s].toString(), u"exited"_s);
    QCOMPARE(crash[u"exitCode"_s].toInteger(-1), exitCode);
    QVERIFY(!worker->report(1, ReportKind::Finished));
}

void tst_WorkerCrash::tellsThatItsPipesWereClosed()
{
    const auto worker = chaosWorker(workerOptions());
    QVERIFY(worker);

    runChaos(*worker, u"close"_s);

    QVERIFY(worker->waitForEnd());
    const QCborMap crash = worker->remains->crashReport(worker->end(1));
    QCOMPARE(crash[u"code"_s].toString(), u"silent"_s);
}

void tst_WorkerCrash::tellsWhoKilledIt_data()
{
    QTest::addColumn<KillCause>("cause");
    QTest::addColumn<quint32>("memory");
    QTest::addColumn<QString>("code");

    QTest::newRow("outside") << KillCause::None << 1000u << u"killed"_s;
    QTest::newRow("memory") << KillCause::None << 900u * 1024 << u"out-of-memory"_s;
    QTest::newRow("deadline") << KillCause::Deadline << 1000u << u"deadline"_s;
    QTest::newRow("cancel") << KillCause::Cancel << 1000u << u"canceled"_s;
    QTest::newRow("flooding") << KillCause::Flooding << 1000u << u"flooding"_s;
}

void tst_WorkerCrash::tellsWhoKilledIt()
{
    QFETCH(const KillCause, cause);
    QFETCH(const quint32, memory);
    QFETCH(const QString, code);
    WorkerHarness worker(workerOptions(quint64(1) << 30));
    QVERIFY(worker.greet());
    worker.remains->killGroup();
    QVERIFY(worker.waitForEnd());

    WorkerEnd end = worker.end();
    end.cause = cause;
    end.memory = memory;
    const QCborMap crash = worker.remains->crashReport(end);

    QCOMPARE(crash[u"code"_s].toString(), code);
    QVERIFY(!crash[u"text"_s].toString().isEmpty());
}

void tst_WorkerCrash::tellsWhereAHangingHandlerIs()
{
    const auto worker = chaosWorker(workerOptions());
    QVERIFY(worker);
    runChaos(*worker, u"hang"_s);
    QVERIFY(worker->waitForStarted(1));

    // As long as a pool gives it, and some more: another thread writes down where it is.
    const QDeadlineTimer budget(300);
    for (quint64 round = 1; !budget.hasExpired(); ++round) {
        worker->send(WorkerCommand::Dump);
        worker->send(WorkerCommand::Ping, {}, round);
        QVERIFY(worker->waitFor([&] { return quint64(worker->story.size()) == round; }));
    }
    worker->remains->killGroup();
    QVERIFY(worker->waitForEnd());

    WorkerEnd end = worker->end(1);
    end.cause = KillCause::Deadline;
    const QCborMap crash = worker->remains->crashReport(end);
    QCOMPARE(crash[u"code"_s].toString(), u"deadline"_s);
    QVERIFY2(functionsOf(crash).contains(u"hang("_s),
             crash.toCborValue().toDiagnosticNotation().toUtf8());
}

void tst_WorkerCrash::saysWhichTaskItWas()
{
    const auto worker = chaosWorker(workerOptions());
    QVERIFY(worker);
    runChaos(*worker, u"segfault"_s);
    QVERIFY(worker->waitForEnd());

    WorkerEnd end = worker->end(1);
    end.handler = {u"org.fanfare.chaos"_s, u"chaos"_s, u"/x/chaos.so"_s, QByteArray(32, 'h')};
    end.event = u"Chaos"_s;
    end.attempt = 2;
    end.arguments = "arguments";
    end.lastLines = QStringList(300, u"line"_s);
    const QCborMap crash = worker->remains->crashReport(end);

    QCOMPARE(crash[u"handler"_s].toString(), u"chaos"_s);
    QCOMPARE(crash[u"event"_s].toString(), u"Chaos"_s);
    QCOMPARE(crash[u"emission"_s].toInteger(), 1001);
    QCOMPARE(crash[u"attempt"_s].toInteger(), 2);
    QCOMPARE(crash[u"lines"_s].toArray().size(), 200);
    QCOMPARE(crash[u"pluginHash"_s].toString(), QString(u"68"_s).repeated(32));
    const QByteArray digest = QCryptographicHash::hash("arguments", QCryptographicHash::Sha256);
    QCOMPARE(crash[u"arguments"_s].toString().toLatin1(), digest.toHex());
    QVERIFY2(crash[u"text"_s].toString().contains(u"\"chaos\""_s),
             qPrintable(crash[u"text"_s].toString()));
}

void tst_WorkerCrash::keepsReportsInFiles()
{
    QTemporaryDir folder;
    CrashStore store(folder.filePath(u"crashes"_s));

    store.keep({{u"code"_s, u"crashed"_s}, {u"signal"_s, 11}});

    QFile file(folder.filePath(u"crashes/crash-000.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(QJsonDocument::fromJson(file.readAll())[u"signal"_s].toInt(), 11);
}

void tst_WorkerCrash::keepsAtMostTwoHundredFiles()
{
    QTemporaryDir folder;

    for (int i = 0; i < CrashStore::fileCount + 20; ++i) // each with its own budget of a second
        CrashStore(folder.path()).keep({{u"code"_s, u"crashed"_s}});

    QVERIFY(QDir(folder.path()).entryList(QDir::Files).size() <= CrashStore::fileCount);
}

static QString readLink(qint64 pid, const QString &name)
{
    return QFile::symLinkTarget(u"/proc/%1/%2"_s.arg(pid).arg(name));
}

static QByteArray readProc(qint64 pid, const QString &name)
{
    QFile file(u"/proc/%1/%2"_s.arg(pid).arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The words of the line of /proc/PID/limits or status that begins with \a key, without it.
static QStringList wordsOf(const QByteArray &text, const QByteArray &key)
{
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith(key))
            return QString::fromLatin1(line.mid(key.size())).simplified().split(u' ');
    }
    return {};
}

void tst_WorkerCrash::runsInsideItsLimits()
{
    WorkerHarness worker(workerOptions(quint64(2) << 30));
    QVERIFY(worker.greet());

    const QByteArray limits = readProc(worker.pid(), u"limits"_s);
    const QByteArray status = readProc(worker.pid(), u"status"_s);
    QCOMPARE(wordsOf(limits, "Max core file size").first(), u"0"_s);
    QCOMPARE(wordsOf(limits, "Max open files").first(), u"256"_s);
    QCOMPARE(wordsOf(limits, "Max file size").first(), QString::number(1 << 30));
#if !defined(__SANITIZE_ADDRESS__)
    const qint64 expected = (qint64(2) << 30) + PayloadMemory::mappedSize();
    QCOMPARE(wordsOf(limits, "Max address space").first(), QString::number(expected));
#endif
    QCOMPARE(wordsOf(status, "NoNewPrivs:").first(), u"1"_s);
    QCOMPARE(readProc(worker.pid(), u"oom_score_adj"_s).trimmed(), "500");
    QCOMPARE(getpgid(pid_t(worker.pid())), pid_t(worker.pid()));
    QCOMPARE(getsid(pid_t(worker.pid())), pid_t(worker.pid()));
    const QString folder = readLink(worker.pid(), u"cwd"_s);
    QVERIFY2(folder.contains(u"/fanfare-worker-"_s), qPrintable(folder));
    QVERIFY(QDir(folder).isEmpty());
}

void tst_WorkerCrash::endsWithABadAllocAboveItsMemory()
{
#if defined(__SANITIZE_ADDRESS__)
    QSKIP("AddressSanitizer needs all of the address space");
#endif
    const auto worker = chaosWorker(workerOptions(quint64(2) << 30));
    QVERIFY(worker);

    runChaos(*worker, u"allocate"_s);

    const Report *const end = worker->waitForFinished(1);
    QVERIFY(end);
    QCOMPARE(decodeError(end->payload)->type, u"std::bad_alloc"_s);
}

void tst_WorkerCrash::seesOnlyAPartOfTheEnvironment()
{
    qputenv("FANFARE_TEST_MARK", "seen");
    qputenv("SECRET_TOKEN", "hidden");
    WorkerHarness worker;
    QVERIFY(worker.greet());

    const QList<QByteArray> environment = readProc(worker.pid(), u"environ"_s).split('\0');
    qunsetenv("SECRET_TOKEN");

    QVERIFY(environment.contains("FANFARE_TEST_MARK=seen"));
    QVERIFY(!environment.contains("SECRET_TOKEN=hidden"));
}

void tst_WorkerCrash::inheritsNoDescriptors()
{
    const int foreign = dup(STDERR_FILENO); // not closed at exec, as in a careless program
    WorkerHarness worker;
    QVERIFY(worker.greet());
    close(foreign);

    const QStringList names =
        QDir(u"/proc/%1/fd"_s.arg(worker.pid()))
            .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QString target = readLink(worker.pid(), u"fd/"_s + name);
        const bool isOwn = name.toInt() <= 2 || name.toInt() >= 10 || target.contains(u"/proc/"_s)
            || target.contains(u"anon_inode"_s);
        QVERIFY2(isOwn, qPrintable(name + u" is "_s + target));
    }
}

static bool isAlive(qint64 pid)
{
    return ::kill(pid_t(pid), 0) == 0 && !readProc(pid, u"stat"_s).contains(") Z ");
}

void tst_WorkerCrash::takesItsChildrenAlong()
{
    const auto worker = chaosWorker(workerOptions());
    QVERIFY(worker);
    runChaos(*worker, u"fork"_s);
    const Report *const end = worker->waitForFinished(1);
    QVERIFY(end);
    const qint64 child = decodeResult(end->payload)->toInteger();
    QVERIFY(isAlive(child));

    ::kill(pid_t(worker->pid()), SIGKILL); // only itself, not its group

    QTRY_VERIFY_WITH_TIMEOUT(!isAlive(child), 1000);
}

void tst_WorkerCrash::leavesNoFolderBehind()
{
    QString folder;
    {
        WorkerHarness worker;
        QVERIFY(worker.greet());
        folder = readLink(worker.pid(), u"cwd"_s);
        QVERIFY(QDir(folder).exists());
    }

    QVERIFY(!QDir(folder).exists());
}

QTEST_GUILESS_MAIN(tst_WorkerCrash)
#include "tst_workercrash.moc"
