// SPDX-License-Identifier: MIT
#include "linkharness.h"

#include <fanfare/engine/enginemessages.h>

#include <QElapsedTimer>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <unistd.h>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

/// Starting and ending engines, and asking them for what cannot be.
class tst_EngineStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void startsAgainAndGoesOnCounting();
    void refusesWhatMakesNoSense();
    void refusesArgumentsThatAreTooBig();
    void endsWithASentenceWhenItCannotStart_data();
    void endsWithASentenceWhenItCannotStart();
    void endsWhatIsNoEngine();
    void endsAnEngineThatAnswersWrongly_data();
    void endsAnEngineThatAnswersWrongly();
    void reportsProblemsWithFolders();
    void leavesQuicklyWhenDestroyed();
    void endsAsExpectedWhenShutDownWhileStarting();
    void endsWhenKilledWhileStarting();
};

void tst_EngineStart::startsAgainAndGoesOnCounting()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s, 3)));
    QVERIFY(harness.waitForIdle());
    harness.link.shutdown();
    QVERIFY(harness.waitForEnd());
    harness.spans.clear();
    harness.idleCount = 0;

    QVERIFY(harness.start());
    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spans.size(), size_t(1));
    QCOMPARE(number(harness.spans.front().task.emission), quint64(4));
}

void tst_EngineStart::refusesWhatMakesNoSense()
{
    LinkHarness harness;
    QVERIFY(!harness.link.emitEvent(commandFor(u"Echo"_s)));
    QVERIFY(harness.start());

    const auto unknown = harness.link.emitEvent(commandFor(u"NoSuchEvent"_s));
    const auto nameless = harness.link.emitEvent(commandFor(QString()));
    const auto none = harness.link.emitEvent(commandFor(u"Echo"_s, 0));
    EmitCommand backwards = commandFor(u"Echo"_s);
    backwards.rate = -1;

    QVERIFY(!unknown);
    QVERIFY(unknown.error().code == ErrorCode::NotFound);
    QVERIFY(unknown.error().message.contains(u"NoSuchEvent"_s));
    QVERIFY(unknown.error().message.contains(u"Echo"_s));
    QVERIFY(!nameless && !none && !harness.link.emitEvent(backwards));
}

void tst_EngineStart::refusesArgumentsThatAreTooBig()
{
    LinkHarness harness;
    QVERIFY(harness.start());
    EmitCommand command = commandFor(u"Echo"_s);
    Arguments arguments;
    arguments.positional = {QByteArray(20'000'000, 'x')};
    command.arguments = {arguments};

    const auto refused = harness.link.emitEvent(command);
    arguments.positional = {QByteArray(12'000'000, 'x')};
    command.arguments = {arguments};
    const auto accepted = harness.link.emitEvent(command);

    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"20.0 MB"_s), qPrintable(refused.error().message));
    QVERIFY(accepted);
    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 1);
    QCOMPARE(harness.details.front().reason, u"result-too-big"_s);
}

void tst_EngineStart::endsWithASentenceWhenItCannotStart_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("executor");
    QTest::addColumn<int>("workers");
    QTest::addColumn<QString>("named");
    const QString host = bundledOptions().hostPath;
    const int threads = int(ExecutorKind::Threads);

    QTest::newRow("missing") << u"/nowhere/fanfare-host"_s << threads << 1
                             << u"/nowhere/fanfare-host"_s;
    QTest::newRow("not executable") << u"/etc/hostname"_s << threads << 1 << u"/etc/hostname"_s;
    QTest::newRow("a folder") << u"/etc"_s << threads << 1 << u"/etc"_s;
    QTest::newRow("too many workers") << host << threads << 257 << u"257"_s;
    QTest::newRow("negative workers") << host << threads << -1 << u"-1"_s;
}

void tst_EngineStart::endsWithASentenceWhenItCannotStart()
{
    QFETCH(const QString, host);
    QFETCH(const int, executor);
    QFETCH(const int, workers);
    QFETCH(const QString, named);
    EngineOptions options = bundledOptions();
    options.hostPath = host;
    options.executor = ExecutorKind(executor);
    options.workers = workers;
    LinkHarness harness(options);

    harness.link.start();
    QVERIFY2(!harness.end, "ended() may not come while start() is called");

    QVERIFY(harness.waitForEnd());
    QVERIFY(!harness.end->wasExpected);
    QVERIFY2(harness.end->reason.contains(named), qPrintable(harness.end->reason));
    QVERIFY(harness.end->reason.contains(u". "_s) || harness.end->reason.endsWith(u'.'));
    harness.link.setOptions(bundledOptions());
    QVERIFY(harness.start());
}

void tst_EngineStart::endsWhatIsNoEngine()
{
    EngineOptions options = bundledOptions();
    options.hostPath = u"/usr/bin/yes"_s;
    LinkHarness harness(options);

    harness.link.start();

    QVERIFY(harness.waitForEnd());
    QVERIFY2(harness.end->reason.contains(u"could not be understood"_s),
             qPrintable(harness.end->reason));
}

void tst_EngineStart::endsAnEngineThatAnswersWrongly_data()
{
    QTest::addColumn<QString>("sentence");

    QTest::newRow("other build") << u"is of another build (0.0.1/other) than this program"_s;
    QTest::newRow("other nonce") << u"the greeting was not an answer to ours"_s;
    QTest::newRow("no greeting") << u"the engine greeted twice or not at all"_s;
    QTest::newRow("two greetings") << u"the engine greeted twice or not at all"_s;
    QTest::newRow("strange greeting") << u"the message \"welcome\" has an unknown shape"_s;
}

/// The engine is this test itself, see answerWrongly().
void tst_EngineStart::endsAnEngineThatAnswersWrongly()
{
    QFETCH(const QString, sentence);
    EngineOptions options = bundledOptions();
    options.hostPath = QCoreApplication::applicationFilePath();
    qputenv("FANFARE_TEST_ANSWER", QTest::currentDataTag());
    LinkHarness harness(options);

    harness.link.start();

    QVERIFY(harness.waitForEnd());
    qunsetenv("FANFARE_TEST_ANSWER");
    QVERIFY2(harness.end->reason.contains(sentence), qPrintable(harness.end->reason));
    QVERIFY(!harness.end->wasExpected);
    QCOMPARE(harness.startCount, 0);
}

void tst_EngineStart::reportsProblemsWithFolders()
{
    QTemporaryDir folder;
    EngineOptions options = bundledOptions();
    options.pluginFolders = {folder.filePath(u"missing"_s), folder.path()};
    LinkHarness harness(options);

    QVERIFY(harness.start());

    QCOMPARE(harness.link.catalog().problems.size(), 1);
    QVERIFY(harness.link.catalog().problems.first().contains(folder.filePath(u"missing"_s)));
    QVERIFY(harness.link.catalog().plugins.isEmpty());
}

void tst_EngineStart::leavesQuicklyWhenDestroyed()
{
    auto harness = std::make_unique<LinkHarness>();
    QVERIFY(harness->start());
    QVERIFY(harness->link.emitEvent(commandFor(u"ChaosHang"_s)));
    QVERIFY(harness->waitForRunning(1));
    const qint64 pid = harness->link.pid();
    QElapsedTimer timer;
    timer.start();

    harness.reset();

    QVERIFY(timer.elapsed() < 2000);
    QVERIFY(!QFileInfo::exists(u"/proc/%1"_s.arg(pid)));
}

void tst_EngineStart::endsAsExpectedWhenShutDownWhileStarting()
{
    LinkHarness harness;
    harness.link.start();

    harness.link.shutdown();

    QVERIFY(harness.waitForEnd());
    QVERIFY2(harness.end->wasExpected, qPrintable(harness.end->reason));
    QCOMPARE(harness.startCount, 0);
    QVERIFY(harness.start());
}

void tst_EngineStart::endsWhenKilledWhileStarting()
{
    LinkHarness harness;
    harness.link.start();

    harness.link.kill();

    QVERIFY(harness.waitForEnd());
    QVERIFY(!harness.end->wasExpected);
    QVERIFY(harness.start());
}

static void addWelcome(FrameWriter &writer, const WelcomeMessage &welcome)
{
    writer.append(quint16(EngineReport::Welcome), encode(welcome));
}

/// What an engine says that is none of ours, and then it waits to be killed.
static int answerWrongly(const QByteArray &kind)
{
    FrameWriter writer;
    if (kind == "other build") {
        addWelcome(writer, {protocolVersion, u"0.0.1/other"_s, "nonce", {}});
    } else if (kind == "other nonce") {
        addWelcome(writer, {protocolVersion, buildId(), "nonce", {}});
    } else if (kind == "no greeting") {
        writer.append(quint16(EngineReport::Bye), {});
    } else if (kind == "strange greeting") {
        writer.append(quint16(EngineReport::Welcome), "strange");
    } else {
        HelloMessage hello;
        FrameReader reader;
        for (char byte = 0; hello.nonce.isEmpty() && read(STDIN_FILENO, &byte, 1) == 1;) {
            reader.append(QByteArrayView(&byte, 1));
            if (const auto frame = reader.next(); frame && *frame)
                hello = *decode<HelloMessage>((*frame)->payload);
        }
        for (int i = 0; i < 2; ++i)
            addWelcome(writer, {protocolVersion, buildId(), hello.nonce, {}});
    }
    const QByteArray bytes = writer.take();
    if (write(STDOUT_FILENO, bytes.constData(), size_t(bytes.size())) != bytes.size())
        return 1;
    return pause();
}

int main(int argc, char **argv)
{
    if (argc > 1 && QByteArrayView(argv[1]) == "engine")
        return answerWrongly(qgetenv("FANFARE_TEST_ANSWER"));
    QCoreApplication application(argc, argv);
    tst_EngineStart test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_enginestart.moc"
