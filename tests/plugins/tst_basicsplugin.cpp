// SPDX-License-Identifier: MIT
#include <support/loadedplugin.h>
#include <support/recordingcontext.h>

#include <QElapsedTimer>
#include <QTest>

#include <QCoroTask>

#include <ctime>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using Fanfare::Arguments;
using Fanfare::Test::LoadedPlugin;
using Fanfare::Test::RecordingContext;

static Arguments milliseconds(qint64 ms)
{
    return {.fields = {{u"ms"_s, ms}}};
}

static qint64 processorMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

/// What \a task throws. QCoro::waitFor() alone never returns when its task throws.
static QCoro::Task<QString> errorOf(QCoro::Task<QCborValue> task)
{
    QString what;
    try {
        co_await task;
    } catch (const std::exception &error) {
        what = QString::fromUtf8(error.what());
    }
    co_return what;
}

class tst_BasicsPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(bool(m_plugin), qPrintable(m_plugin.errorString())); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void offersItsHandlers();
    void makesNoHandlerOfAnotherName();
    void syncHandlerPrintsBeforeAndAfterItsSecond();
    void asyncHandlerPrintsBeforeAndAfterItsSecond();
    void stopEndsTheSyncHandler();
    void stopFromAnotherThreadEndsTheAsyncHandler();
    void asyncHandlersWaitAtTheSameTime();
    void spinUsesProcessorTime();
    void stopEndsSpinning();
    void loadsRefuseSillyTimes_data();
    void loadsRefuseSillyTimes();
    void echoReturnsWhatItWasGiven();

private:
    LoadedPlugin m_plugin{u"basics"_s};
};

void tst_BasicsPlugin::offersItsHandlers()
{
    const QStringList expected{
        u"[Sync]: sync of StringEvent"_s, u"[Async]: async of StringEvent"_s,
        u"sleep: sync of Sleep"_s,        u"sleepAsync: async of SleepAsync"_s,
        u"spin: sync of Spin"_s,          u"echo: sync of Echo"_s};

    QCOMPARE(m_plugin.handlerStory(), expected);
    QCOMPARE(m_plugin.metaData().value(u"id"_s).toString(), u"org.fanfare.basics"_s);
}

void tst_BasicsPlugin::makesNoHandlerOfAnotherName()
{
    QCOMPARE(m_plugin->create(u"nobody"_s), nullptr);
}

void tst_BasicsPlugin::syncHandlerPrintsBeforeAndAfterItsSecond()
{
    const auto handler = m_plugin.handler(u"[Sync]"_s);
    RecordingContext context(u"StringEvent"_s, {});
    QElapsedTimer timer;
    timer.start();

    const QCborValue result = handler->run(context);

    QCOMPARE(handler->asAsync(), nullptr);
    QCOMPARE(context.lines(), QStringList({u"[Sync] Started!"_s, u"[Sync] Finished!"_s}));
    QCOMPARE_GE(timer.elapsed(), 1000);
    QVERIFY(result.isUndefined());
}

void tst_BasicsPlugin::asyncHandlerPrintsBeforeAndAfterItsSecond()
{
    const auto handler = m_plugin.handler(u"[Async]"_s);
    RecordingContext context(u"StringEvent"_s, {});
    QElapsedTimer timer;
    timer.start();

    const QCborValue result = QCoro::waitFor(handler->asAsync()->start(context));

    QCOMPARE(context.lines(), QStringList({u"[Async] Started!"_s, u"[Async] Finished!"_s}));
    QCOMPARE_GE(timer.elapsed(), 999); // QTimer counts whole milliseconds
    QVERIFY(result.isUndefined());
}

void tst_BasicsPlugin::stopEndsTheSyncHandler()
{
    const auto handler = m_plugin.handler(u"[Sync]"_s);
    RecordingContext context(u"StringEvent"_s, {});
    context.requestStop();

    QVERIFY_THROWS_EXCEPTION(std::runtime_error, handler->run(context));

    QCOMPARE(context.lines(), QStringList{u"[Sync] Started!"_s});
}

void tst_BasicsPlugin::stopFromAnotherThreadEndsTheAsyncHandler()
{
    const auto handler = m_plugin.handler(u"sleepAsync"_s);
    RecordingContext context(u"SleepAsync"_s, milliseconds(86'400'000));

    auto task = handler->asAsync()->start(context);
    std::jthread([&context] { context.requestStop(); }).join();
    const QString error = QCoro::waitFor(errorOf(std::move(task))); // and not a day later

    QCOMPARE(error, u"Asked to stop"_s);
}

void tst_BasicsPlugin::asyncHandlersWaitAtTheSameTime()
{
    const auto handler = m_plugin.handler(u"sleepAsync"_s);
    RecordingContext context(u"SleepAsync"_s, milliseconds(200));
    QElapsedTimer timer;
    timer.start();

    std::vector<QCoro::Task<QCborValue>> tasks;
    for (int i = 0; i < 100; ++i)
        tasks.push_back(handler->asAsync()->start(context));
    for (auto &task : tasks)
        QCoro::waitFor(task);

    QCOMPARE_GE(timer.elapsed(), 199);
    QCOMPARE_LT(timer.elapsed(), 100 * 200 / 2);
}

void tst_BasicsPlugin::spinUsesProcessorTime()
{
    const auto handler = m_plugin.handler(u"spin"_s);
    RecordingContext context(u"Spin"_s, milliseconds(30));
    const qint64 before = processorMilliseconds();

    handler->run(context);

    QCOMPARE_GE(processorMilliseconds() - before, 29);
}

void tst_BasicsPlugin::stopEndsSpinning()
{
    const auto handler = m_plugin.handler(u"spin"_s);
    RecordingContext context(u"Spin"_s, milliseconds(86'400'000));
    context.requestStop();

    QVERIFY_THROWS_EXCEPTION(std::runtime_error, handler->run(context));
}

void tst_BasicsPlugin::loadsRefuseSillyTimes_data()
{
    QTest::addColumn<QCborValue>("ms");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("negative") << QCborValue(-1)
                              << u"The field \"ms\" of Sleep must be at least 0"_s;
    QTest::newRow("for ever") << QCborValue(qint64(5'000'000'000))
                              << u"The field \"ms\" of Sleep must be at most 86400000"_s;
    QTest::newRow("text") << QCborValue(u"soon"_s)
                          << u"The field \"ms\" of Sleep must be of type int"_s;
}

void tst_BasicsPlugin::loadsRefuseSillyTimes()
{
    QFETCH(QCborValue, ms);
    QFETCH(QString, sentence);
    const auto handler = m_plugin.handler(u"sleep"_s);
    RecordingContext context(u"Sleep"_s, {.fields = {{u"ms"_s, ms}}});

    QString what;
    try {
        handler->run(context);
    } catch (const std::invalid_argument &error) {
        what = QString::fromUtf8(error.what());
    }

    QCOMPARE(what, sentence);
}

void tst_BasicsPlugin::echoReturnsWhatItWasGiven()
{
    const Arguments arguments{.positional = {1, u"two"_s, QCborArray{3.5, nullptr}},
                              .named = {{u"key"_s, QByteArray(1 << 20, 'x')}},
                              .fields = {{u"field"_s, true}}};
    RecordingContext context(u"Echo"_s, arguments);

    const QCborMap result = m_plugin.handler(u"echo"_s)->run(context).toMap();

    QCOMPARE(result.value(u"args"_s).toArray(), arguments.positional);
    QCOMPARE(result.value(u"named"_s).toMap(), arguments.named);
    QCOMPARE(result.value(u"fields"_s).toMap(), arguments.fields);
}

QTEST_GUILESS_MAIN(tst_BasicsPlugin)
#include "tst_basicsplugin.moc"
