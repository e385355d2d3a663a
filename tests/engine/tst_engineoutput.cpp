// SPDX-License-Identifier: MIT
#include "linkharness.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

/// What handlers do to the process around them, with a plugin made for it.
class tst_EngineOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void attributesEveryWayToPrint();
    void showsALineWithoutAnEnd();
    void showsWhatGoesPastTheCapture();
    void countsAFlood();
    void keepsThePipesOfTheLinkFromHandlers();
    void givesHandlersNoInput();
    void showsTheLastWordsOfAHandler();
    void namesTheHandlerThatCallsExit();
    void namesTheHandlerThatOverflowsItsStack();
    void refusesWhatNeverFitsIntoTheQueue();
    void staysSmallWhileItsClientDoesNotRead();
};

static EngineOptions printerOptions()
{
    EngineOptions options = bundledOptions();
    options.pluginFolders = {QStringLiteral(FANFARE_TEST_ENGINE_PLUGIN_DIR)};
    return options;
}

static bool hasLine(const LinkHarness &harness, const QString &text)
{
    return std::any_of(harness.log.cbegin(), harness.log.cend(),
                       [&](const LogLine &line) { return line.text == text; });
}

void tst_EngineOutput::attributesEveryWayToPrint()
{
    LinkHarness harness(printerOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"PrintEveryWay"_s)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.linesOf({EmissionId(1), 0}),
             (QStringList{u"by cout"_s, u"by cerr"_s, u"by printf"_s, u"by fprintf"_s,
                          u"by qWarning"_s, u"by print"_s}));
    for (const LogLine &line : harness.log)
        QCOMPARE(line.subscriber, harness.subscriberOf(u"printEveryWay"_s));
}

void tst_EngineOutput::showsALineWithoutAnEnd()
{
    LinkHarness harness(printerOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"PrintWithoutEnd"_s)));

    QTRY_COMPARE(harness.linesOf({EmissionId(1), 0}), QStringList{u"no line end"_s});
    QVERIFY(harness.waitForIdle());
}

void tst_EngineOutput::showsWhatGoesPastTheCapture()
{
    LinkHarness harness(printerOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"WriteRaw"_s)));

    QTRY_COMPARE(harness.linesOf({}).count(u"past the capture"_s), 2);
    QVERIFY(harness.waitForIdle());
}

void tst_EngineOutput::countsAFlood()
{
    LinkHarness harness(printerOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"FloodRaw"_s)));

    QVERIFY(harness.waitForIdle());
    QTRY_VERIFY(harness.dropped > 7000); // of 8192 pieces of 8 KiB
    QVERIFY(harness.log.size() < 1000);
    QVERIFY(harness.link.isRunning());
}

void tst_EngineOutput::keepsThePipesOfTheLinkFromHandlers()
{
    LinkHarness harness(printerOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"CloseStandardFiles"_s)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 1);
    QVERIFY(!harness.end);
}

void tst_EngineOutput::givesHandlersNoInput()
{
    LinkHarness harness(printerOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"ReadInput"_s)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.details.front().result.toString(), u"nothing"_s);
}

void tst_EngineOutput::showsTheLastWordsOfAHandler()
{
    LinkHarness harness(printerOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"AbortWithWords"_s)));

    QVERIFY(harness.waitForEnd());
    QVERIFY(hasLine(harness, u"last words"_s));
    QCOMPARE(harness.linesOf({EmissionId(1), 0}), QStringList{u"last words"_s});
}

void tst_EngineOutput::namesTheHandlerThatCallsExit()
{
    LinkHarness harness(printerOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"Leave"_s)));

    QVERIFY(harness.waitForEnd());
    QCOMPARE(harness.end->exitCode, 5);
    QCOMPARE(harness.end->signal, 0);
    QCOMPARE(harness.end->culprits.size(), 1);
    QVERIFY(harness.end->culprits.first().isCertain);
    QCOMPARE(harness.end->culprits.first().subscriber, harness.subscriberOf(u"leave"_s));
}

void tst_EngineOutput::namesTheHandlerThatOverflowsItsStack()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("sanitizers have signal stacks of their own");
#endif
    LinkHarness harness(printerOptions());
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"OverflowStack"_s)));

    QVERIFY(harness.waitForEnd());
    QCOMPARE(harness.end->signal, SIGSEGV);
    QVERIFY(!harness.end->culprits.isEmpty());
    QVERIFY(harness.end->culprits.first().isCertain);
    QCOMPARE(harness.end->culprits.first().subscriber, harness.subscriberOf(u"overflowStack"_s));
}

void tst_EngineOutput::refusesWhatNeverFitsIntoTheQueue()
{
    EngineOptions options = printerOptions();
    options.queueBound = 1;
    LinkHarness harness(options);
    QVERIFY(harness.start());

    QVERIFY(harness.link.emitEvent(commandFor(u"Pair"_s, 10)));
    QVERIFY(harness.link.emitEvent(commandFor(u"ReadInput"_s, 50)));

    QVERIFY(harness.waitForIdle());
    QCOMPARE(harness.commands.size(), 2);
    QCOMPARE(harness.commands.first().emissions, quint64(0));
    QVERIFY(harness.commands.first().error.contains(u"queue"_s));
    QCOMPARE(harness.commands.last().emissions, quint64(50));
    QCOMPARE(harness.spanCount(Outcome::Succeeded), 50);
}

static qint64 residentKilobytes(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QString text = QString::fromLatin1(status.readAll());
    return text.section(u"VmRSS:"_s, 1).section(u"kB"_s, 0, 0).trimmed().toLongLong();
}

void tst_EngineOutput::staysSmallWhileItsClientDoesNotRead()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("AddressSanitizer keeps 256 MB of freed memory.");
#endif
    constexpr quint64 count = 1'000'000; // some 300 MB of spans and results; the pipe takes 1 MiB
    EngineOptions options = bundledOptions();
    options.queueBound = 1000;
    LinkHarness harness(options);
    QVERIFY(harness.start());
    const qint64 before = residentKilobytes(harness.link.pid());
    QVERIFY(harness.link.emitEvent(commandFor(u"Echo"_s, count)));
    QCoreApplication::processEvents(); // sends the command
    qint64 now = 0;

    // The engine works until it is held back: its memory does not grow any more.
    for (qint64 former = -1; former != now;) {
        former = now;
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        now = residentKilobytes(harness.link.pid());
    }

    QVERIFY2(now - before < 100'000, qPrintable(QString::number(now - before)));
    QVERIFY(harness.waitForIdle(60'000));
    QCOMPARE(harness.spans.size(), size_t(count));
    QCOMPARE(harness.dropped, quint64(0));
}

QTEST_GUILESS_MAIN(tst_EngineOutput)
#include "tst_engineoutput.moc"
