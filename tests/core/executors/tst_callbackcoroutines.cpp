// SPDX-License-Identifier: MIT
#include "executorrig.h"

#include <QTest>
#include <QThread>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace std::chrono_literals;

static constexpr auto patience = 20s;

/// Callbacks that are coroutines.
class tst_CallbackCoroutines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areAwaitedBeforeTheTaskEnds_data();
    void areAwaitedBeforeTheTaskEnds();
    void areAwaitedAfterAFailure();
    void occupyNoWorker();
    void mayThrow();

private:
    static std::unique_ptr<Executor> makeExecutor(int workers);
};

std::unique_ptr<Executor> tst_CallbackCoroutines::makeExecutor(int workers)
{
    if (workers == 0)
        return std::make_unique<InlineExecutor>();
    return std::make_unique<ThreadPoolExecutor>(ThreadPoolOptions{.workers = workers});
}

void tst_CallbackCoroutines::areAwaitedBeforeTheTaskEnds_data()
{
    QTest::addColumn<int>("workers");
    QTest::addColumn<QString>("kind");
    QTest::newRow("inline") << 0 << u"sync"_s;
    QTest::newRow("inline async") << 0 << u"async"_s;
    QTest::newRow("sync") << 1 << u"sync"_s;
    QTest::newRow("blocking") << 2 << u"blocking"_s;
    QTest::newRow("async") << 2 << u"async"_s;
}

void tst_CallbackCoroutines::areAwaitedBeforeTheTaskEnds()
{
    QFETCH(const int, workers);
    QFETCH(const QString, kind);
    EventLinker linker;
    const std::unique_ptr<Executor> executor = makeExecutor(workers);
    EventEmitter emitter(linker, *executor);
    QString seen;
    const auto onSuccess = [&](const QString &result, Context &context) -> QCoro::Task<void> {
        co_await QCoro::sleepFor(2ms);
        seen = result + u' ' + context.eventName();
    };
    const auto handler = []() -> QString { return u"done"_s; };
    const auto coroutine = []() -> QCoro::Task<QString> {
        co_await QCoro::sleepFor(1ms);
        co_return u"done"_s;
    };
    const Result<Subscription> subscription = kind == u"sync"
        ? linker.on(u"a"_s).onSuccess(onSuccess).run(handler)
        : kind == u"async" ? linker.on(u"a"_s).onSuccess(onSuccess).run(coroutine)
                           : linker.on(u"a"_s).blocking().onSuccess(onSuccess).run(handler);

    const Emission emission = *emitter.emit(u"a"_s);
    const bool hasEnded = emission.waitForFinished(patience);

    QVERIFY(subscription && hasEnded);
    QCOMPARE(seen, u"done a"_s);
    QCOMPARE(emission.tasks().front().outcome, Outcome::Succeeded);
    QCOMPARE(emission.tasks().front().result.toString(), u"done"_s);
}

void tst_CallbackCoroutines::areAwaitedAfterAFailure()
{
    EventLinker linker;
    ThreadPoolExecutor executor({.workers = 1});
    EventEmitter emitter(linker, executor);
    QString seen;
    const auto onFailure = [&](const TaskError &error) -> QCoro::Task<void> {
        co_await QCoro::sleepFor(2ms);
        seen = error.what;
    };
    const auto handler = [] { throw std::runtime_error("no"); };
    const auto subscription = linker.on(u"a"_s).onFailure(onFailure).run(handler);

    const Emission emission = *emitter.emit(u"a"_s);
    const bool hasEnded = emission.waitForFinished(patience);

    QVERIFY(subscription && hasEnded);
    QCOMPARE(seen, u"no"_s);
    QCOMPARE(emission.tasks().front().outcome, Outcome::Failed);
}

void tst_CallbackCoroutines::occupyNoWorker()
{
    constexpr int count = 100;
    EventLinker linker;
    ThreadPoolExecutor executor({.workers = 1});
    EventEmitter emitter(linker, executor);
    int suspended = 0; // the loop's
    const auto onSuccess = [&]() -> QCoro::Task<void> {
        ++suspended;
        while (suspended < count) // ends only when all of them wait at the same time
            co_await QCoro::sleepFor(1ms);
    };
    const auto subscription = linker.on(u"a"_s).onSuccess(onSuccess).run([] {});

    for (int i = 0; i < count; ++i)
        (void)*emitter.emit(u"a"_s);
    const bool isIdle = executor.waitUntilIdle(patience);

    QVERIFY(subscription && isIdle);
    QCOMPARE(suspended, count);
    QCOMPARE(executor.counters().ended, quint64(count));
}

void tst_CallbackCoroutines::mayThrow()
{
    QTest::ignoreMessage(QtWarningMsg,
                         "The success callback threw std::runtime_error: not so good");
    EventLinker linker;
    ThreadPoolExecutor executor({.workers = 1});
    EventEmitter emitter(linker, executor);
    const auto onSuccess = []() -> QCoro::Task<void> {
        co_await QCoro::sleepFor(1ms);
        throw std::runtime_error("not so good");
    };
    const auto subscription = linker.on(u"a"_s).onSuccess(onSuccess).run([] {});

    const Emission emission = *emitter.emit(u"a"_s);
    const bool hasEnded = emission.waitForFinished(patience);

    QVERIFY(subscription && hasEnded);
    QCOMPARE(emission.tasks().front().outcome, Outcome::Succeeded);
}

QTEST_GUILESS_MAIN(tst_CallbackCoroutines)
#include "tst_callbackcoroutines.moc"
