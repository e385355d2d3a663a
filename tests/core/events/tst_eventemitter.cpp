// SPDX-License-Identifier: MIT
#include "story.h"

#include <QRegularExpression>
#include <QTest>

#include <latch>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_EventEmitter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void reachesEverySubscriberOnce_data() { addExecutorRows(); }
    void reachesEverySubscriberOnce();
    void emittingTheGlobalEventReachesGlobalSubscribersOnly_data() { addExecutorRows(); }
    void emittingTheGlobalEventReachesGlobalSubscribersOnly();
    void runsOneTimeSubscribersForTheFirstEmissionOnly_data() { addExecutorRows(); }
    void runsOneTimeSubscribersForTheFirstEmissionOnly();
    void anEmissionWithoutSubscribersIsEmpty_data() { addExecutorRows(); }
    void anEmissionWithoutSubscribersIsEmpty();
    void refusesInvalidEventsBeforeAnythingElse_data() { addExecutorRows(); }
    void refusesInvalidEventsBeforeAnythingElse();
    void startsInOrderOfSubscriptionAndOfEmission_data();
    void startsInOrderOfSubscriptionAndOfEmission();
    void aNestedEmissionWaitsForItsTurn_data();
    void aNestedEmissionWaitsForItsTurn();
    void everyHandlerHasArgumentsOfItsOwn_data() { addExecutorRows(); }
    void everyHandlerHasArgumentsOfItsOwn();
    void theContextTellsWhereOneIs_data() { addExecutorRows(); }
    void theContextTellsWhereOneIs();
    void numbersEmissionsUnlessTold_data() { addExecutorRows(); }
    void numbersEmissionsUnlessTold();
    void recipientsAreFixedWhenEmitted();
    void refusesAfterShutdownAndGivesOneTimeSubscribersBack_data() { addExecutorRows(); }
    void refusesAfterShutdownAndGivesOneTimeSubscribersBack();
    void aHandlerCannotEmitAfterShutdown_data() { addExecutorRows(); }
    void aHandlerCannotEmitAfterShutdown();
    void refusesWhenTheQueueIsFull();
    void manyThreadsMayEmitAtOnce_data() { addExecutorRows(); }
    void manyThreadsMayEmitAtOnce();
};

void tst_EventEmitter::reachesEverySubscriberOnce()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    bench.subscribe({u"A"_s}, bench.saying(u"specific"_s));
    bench.subscribe({Event::global()}, bench.saying(u"global"_s));
    bench.subscribe({u"A"_s, Event::global(), u"A"_s}, bench.saying(u"both"_s));
    bench.subscribe({u"a"_s}, bench.saying(u"other"_s));

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);

    QVERIFY(bool(emission));
    QCOMPARE(emission->taskCount(), 3);
    QCOMPARE(emission->eventName(), u"A"_s);
    QVERIFY(bench.drain());
    QCOMPARE(bench.story.sorted(), (QStringList{u"both"_s, u"global"_s, u"specific"_s}));
}

void tst_EventEmitter::emittingTheGlobalEventReachesGlobalSubscribersOnly()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    bench.subscribe({u"A"_s}, bench.saying(u"specific"_s));
    bench.subscribe({u"*"_s}, bench.saying(u"asterisk"_s));
    bench.subscribe({Event::global()}, [&](Context &context) {
        bench.story.add(u"global of "_s + context.eventName());
        return QCborValue();
    });

    const Result<Emission> emission = bench.emitter.emit(Event::global());

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines(), QStringList{u"global of *"_s});
    QCOMPARE(emission->eventName(), u"*"_s);
}

void tst_EventEmitter::runsOneTimeSubscribersForTheFirstEmissionOnly()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    bool wasKnownInside = false;
    SubscriberId once{};
    once = bench.subscribe(
        {u"A"_s, u"B"_s},
        [&](Context &) -> QCborValue {
            wasKnownInside = bench.linker.subscriberCount() > 1;
            bench.story.add(u"once"_s);
            throw std::runtime_error("consumed all the same");
        },
        true);
    bench.subscribe({u"B"_s}, bench.saying(u"regular"_s));

    QVERIFY(bool(bench.emitter.emit(u"A"_s)));
    QVERIFY(!*bench.linker.contains(once));
    QVERIFY(bool(bench.emitter.emit(u"A"_s)));
    QVERIFY(bool(bench.emitter.emit(u"B"_s)));

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.sorted(), (QStringList{u"once"_s, u"regular"_s}));
    QVERIFY(!wasKnownInside);
}

void tst_EventEmitter::anEmissionWithoutSubscribersIsEmpty()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);

    const Result<Emission> before = bench.emitter.emit(u"A"_s);
    QVERIFY(bool(bench.executor->shutdown()));
    const Result<Emission> after = bench.emitter.emit(u"A"_s);

    for (const Result<Emission> &emission : {before, after}) {
        QVERIFY(bool(emission));
        QCOMPARE(emission->taskCount(), 0);
        QCOMPARE(emission->id(), EmissionId{});
        QVERIFY(emission->isFinished());
        QVERIFY(emission->waitForFinished(0ns));
        QVERIFY(emission->tasks().empty());
        QVERIFY(emission->future().isFinished());
    }
    QCOMPARE(bench.executor->counters().emissions, 0U);
}

void tst_EventEmitter::refusesInvalidEventsBeforeAnythingElse()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    const SubscriberId once = bench.subscribe({Event::global()}, bench.saying(u"called"_s), true);
    QVERIFY(bool(bench.executor->shutdown()));

    for (const Event &event : {Event(), Event(u""_s), Event(QString())}) {
        const Result<Emission> emission = bench.emitter.emit(event);
        QVERIFY(!emission);
        QCOMPARE(emission.error().code, ErrorCode::InvalidEvent);
        QVERIFY(!emission.error().message.isEmpty());
    }

    QVERIFY(*bench.linker.contains(once));
    QCOMPARE(bench.story.lines(), QStringList());
}

static QCoro::Task<QCborValue> say(Story &story, QString line)
{
    story.add(line);
    co_return QCborValue();
}

void tst_EventEmitter::startsInOrderOfSubscriptionAndOfEmission_data()
{
    QTest::addColumn<QString>("executorKind");
    QTest::newRow("inline") << u"inline"_s;
    QTest::newRow("one thread") << u"1"_s;
}

void tst_EventEmitter::startsInOrderOfSubscriptionAndOfEmission()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    SubscriberOptions async;
    async.handler.kind = HandlerKind::Async;
    async.handler.start = [&](Context &context) {
        return say(bench.story, u"%1: second"_s.arg(context.emissionId()));
    };
    const auto sync = [&](const QString &text) {
        return [&bench, text](Context &context) {
            bench.story.add(u"%1: %2"_s.arg(context.emissionId()).arg(text));
            return QCborValue();
        };
    };
    bench.subscribe({u"A"_s}, sync(u"first"_s));
    bench.subscribe({Event::global()}, async);
    bench.subscribe({u"A"_s}, sync(u"third"_s));
    QStringList expected;

    for (int i = 1; i <= 20; ++i) {
        QVERIFY(bool(bench.emitter.emit(u"A"_s)));
        for (const QString &text : {u"first"_s, u"second"_s, u"third"_s})
            expected.append(u"%1: %2"_s.arg(i).arg(text));
    }

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines(), expected);
}

void tst_EventEmitter::aNestedEmissionWaitsForItsTurn_data()
{
    startsInOrderOfSubscriptionAndOfEmission_data();
}

void tst_EventEmitter::aNestedEmissionWaitsForItsTurn()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    bench.subscribe({u"outer"_s}, [&](Context &) {
        bench.story.add(u"outer 1 begins"_s);
        const Result<Emission> nested = bench.emitter.emit(u"nested"_s);
        bench.story.add(nested ? u"outer 1 ends"_s : nested.error().message);
        return QCborValue();
    });
    bench.subscribe({u"outer"_s}, bench.saying(u"outer 2"_s));
    bench.subscribe({u"nested"_s}, bench.saying(u"nested"_s));

    QVERIFY(bool(bench.emitter.emit(u"outer"_s)));

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines(),
             (QStringList{u"outer 1 begins"_s, u"outer 1 ends"_s, u"outer 2"_s, u"nested"_s}));
}

void tst_EventEmitter::everyHandlerHasArgumentsOfItsOwn()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    const Arguments arguments{.positional = {1, u"two"_s, QCborArray{3}, nullptr},
                              .named = {{u"deep"_s, QCborMap{{u"list"_s, QCborArray{1}}}}},
                              .fields = {{u"path"_s, u"/x"_s}}};
    std::atomic<int> seen = 0;
    for (int i = 0; i < 5; ++i) {
        bench.subscribe({u"A"_s}, [&](Context &context) {
            Arguments mine = context.arguments();
            seen += mine == arguments;
            mine.positional.append(u"mine"_s);
            mine.named[u"deep"_s] = u"changed"_s;
            mine.fields.clear();
            return QCborValue();
        });
    }
    Arguments given = arguments;

    QVERIFY(bool(bench.emitter.emit(u"A"_s, given)));
    given.positional.clear();
    given.named[u"deep"_s] = u"changed by the caller"_s;

    QVERIFY(bench.drain());
    QCOMPARE(seen.load(), 5);
}

void tst_EventEmitter::theContextTellsWhereOneIs()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    const HandlerFunction tell = [&](Context &context) {
        bench.story.add(u"%1 of emission %2, task %3, attempt %4"_s.arg(context.eventName())
                            .arg(context.emissionId())
                            .arg(context.taskIndex())
                            .arg(context.attempt()));
        return QCborValue();
    };
    bench.subscribe({u"A"_s}, tell);
    bench.subscribe({Event::global()}, tell);

    QVERIFY(bool(bench.emitter.emit(u"A"_s)));

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.sorted(),
             (QStringList{u"A of emission 1, task 0, attempt 1"_s,
                          u"A of emission 1, task 1, attempt 1"_s}));
}

void tst_EventEmitter::numbersEmissionsUnlessTold()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    bench.subscribe({u"A"_s}, [&](Context &context) {
        bench.story.add(QString::number(context.emissionId()));
        return QCborValue();
    });

    const EmissionId first = bench.emitter.emit(u"A"_s)->id();
    const EmissionId own = bench.emitter.emit(u"A"_s, {}, {EmissionId(4711)})->id();
    const EmissionId second = bench.emitter.emit(u"A"_s)->id();

    QCOMPARE(first, EmissionId(1));
    QCOMPARE(own, EmissionId(4711));
    QCOMPARE(second, EmissionId(2));
    QVERIFY(bench.drain());
    QCOMPARE(bench.story.sorted(), (QStringList{u"1"_s, u"2"_s, u"4711"_s}));
}

void tst_EventEmitter::recipientsAreFixedWhenEmitted()
{
    Bench bench(u"1"_s);
    std::latch gate(1);
    bench.subscribe({u"hold"_s}, [&](Context &) {
        gate.wait();
        return QCborValue();
    });
    const SubscriberId leaving = bench.subscribe({u"A"_s}, bench.saying(u"left after emit"_s));
    QVERIFY(bool(bench.emitter.emit(u"hold"_s)));

    QVERIFY(bool(bench.emitter.emit(u"A"_s)));
    QVERIFY(bench.linker.unsubscribe(leaving));
    bench.subscribe({u"A"_s}, bench.saying(u"came after emit"_s));
    gate.count_down();

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines(), QStringList{u"left after emit"_s});
}

void tst_EventEmitter::refusesAfterShutdownAndGivesOneTimeSubscribersBack()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    const SubscriberId once = bench.subscribe({u"A"_s, u"B"_s}, bench.saying(u"called"_s), true);
    QVERIFY(bool(bench.executor->shutdown()));

    const Result<Emission> emission = bench.emitter.emit(u"A"_s);

    QVERIFY(!emission);
    QCOMPARE(emission.error().code, ErrorCode::ExecutorShutdown);
    QCOMPARE(*bench.linker.eventCountOf(once), 2);
    QCOMPARE(bench.story.lines(), QStringList());
}

void tst_EventEmitter::aHandlerCannotEmitAfterShutdown()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    bench.subscribe({u"B"_s}, bench.saying(u"never"_s));
    bench.subscribe({u"A"_s}, [&](Context &) {
        const bool isShutDown = bool(bench.executor->shutdown(ShutdownMode::Return));
        const Result<Emission> emission = bench.emitter.emit(u"B"_s);
        bench.story.add(isShutDown ? u"shut down"_s : u"not shut down"_s);
        bench.story.add(emission ? u"accepted"_s : u"refused"_s);
        return QCborValue();
    });

    QVERIFY(bool(bench.emitter.emit(u"A"_s)));

    QVERIFY(bench.drain());
    QCOMPARE(bench.story.lines(), (QStringList{u"shut down"_s, u"refused"_s}));
}

void tst_EventEmitter::refusesWhenTheQueueIsFull()
{
    std::latch gate(1);
    EventLinker linker;
    ThreadPoolOptions options;
    options.workers = 1;
    options.queueBound = 2;
    ThreadPoolExecutor executor(options);
    EventEmitter emitter(linker, executor);
    SubscriberOptions waits;
    waits.handler.run = [&](Context &) {
        gate.wait();
        return QCborValue();
    };
    QVERIFY(bool(linker.subscribe({u"wide"_s}, waits)));
    QVERIFY(bool(linker.subscribe({u"wide"_s}, waits)));
    waits.isOnce = true;
    const SubscriberId once = *linker.subscribe({u"wide"_s}, waits);

    const Result<Emission> emission = emitter.emit(u"wide"_s);

    QVERIFY(!emission);
    QCOMPARE(emission.error().code, ErrorCode::QueueFull);
    QVERIFY(emission.error().message.contains(u"2 tasks"_s));
    QVERIFY(*linker.contains(once));
    QVERIFY(linker.unsubscribe(once));
    QVERIFY(bool(emitter.emit(u"wide"_s)));
    gate.count_down();
    QVERIFY(executor.waitUntilIdle(patience));
    QCOMPARE(executor.counters().ended, 2U);
}

void tst_EventEmitter::manyThreadsMayEmitAtOnce()
{
    QFETCH(QString, executorKind);
    Bench bench(executorKind);
    std::mutex mutex;
    std::set<quint64> ids;
    std::atomic<int> onceCalls = 0;
    bench.subscribe({u"A"_s}, [&](Context &context) {
        std::lock_guard lock(mutex);
        ids.insert(context.emissionId());
        return QCborValue();
    });
    bench.subscribe(
        {u"A"_s},
        [&](Context &) {
            ++onceCalls;
            return QCborValue();
        },
        true);

    {
        std::latch start(4);
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                start.arrive_and_wait();
                for (int n = 0; n < 50; ++n)
                    (void)bench.emitter.emit(u"A"_s);
            });
        }
    }

    QVERIFY(bench.drain());
    QCOMPARE(ids.size(), 200U); // not 1 to 200: every thread has numbers of its own
    QVERIFY(!ids.contains(0));
    QCOMPARE(onceCalls.load(), 1);
    QCOMPARE(bench.executor->counters().ended, 201U);
}

QTEST_GUILESS_MAIN(tst_EventEmitter)
#include "tst_eventemitter.moc"
