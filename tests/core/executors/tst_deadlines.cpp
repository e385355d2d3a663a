// SPDX-License-Identifier: MIT
#include "executorrig.h"

#include <QTest>

#include <condition_variable>
#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(HandlerKind)

static constexpr auto patience = 20s;
static constexpr auto soon = 1ms;

class tst_Deadlines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void askToStop_data() { addRows(true); }
    void askToStop();
    void ofAnEmissionComeBeforeThoseOfHandlers();
    void forgiveWhoReturns();
    void areNoCancellation();
    void giveUpWhoDoesNotStop_data() { addRows(false); }
    void giveUpWhoDoesNotStop();
    void leaveTheArgumentsToWhoIsStuck();
    void startASpareWorkerInOrder();
    void startAtMostFourSpareWorkers();
    void useSpareWorkersAgain();

private:
    static void addRows(bool withInline);
};

namespace {

/// Opens once, for any number of threads and coroutines that wait.
class Gate
{
public:
    void open()
    {
        std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }
    void wait()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isOpen; });
    }
    bool isOpen()
    {
        std::lock_guard lock(m_mutex);
        return m_isOpen;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isOpen = false; // guarded by m_mutex
};

/// A linker, an executor with a short grace, and what the callbacks said.
struct Rig
{
    explicit Rig(int workers, std::chrono::nanoseconds grace = soon)
    {
        if (workers == 0)
            executor = std::make_unique<InlineExecutor>(InlineOptions{.recorder = &recorder});
        else
            executor = std::make_unique<ThreadPoolExecutor>(
                ThreadPoolOptions{.workers = workers, .grace = grace, .recorder = &recorder});
        emitter = std::make_unique<EventEmitter>(linker, *executor);
    }

    void on(const QString &event, SubscriberOptions options)
    {
        options.onSuccess = [this](Context &, const QCborValue &) { ++successes; };
        options.onFailure = [this](Context &, Outcome, const TaskError &) { ++failures; };
        (void)*linker.subscribe({Event(event)}, std::move(options));
    }

    void on(const QString &event, HandlerFunction run, std::chrono::nanoseconds deadline = 0ns)
    {
        SubscriberOptions options;
        options.handler.run = std::move(run);
        options.handler.deadline = deadline;
        on(event, std::move(options));
    }

    TaskStatus end(const Emission &emission) const
    {
        return emission.waitForFinished(patience) ? emission.tasks().front() : TaskStatus();
    }

    Recorder recorder;
    EventLinker linker;
    std::atomic<int> successes = 0;
    std::atomic<int> failures = 0;
    std::unique_ptr<Executor> executor;
    std::unique_ptr<EventEmitter> emitter;
};

void waitForStop(Context &context)
{
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    changed.wait(lock, context.stopToken(), [] { return false; });
}

QCborValue stopAndThrow(Context &context)
{
    waitForStop(context);
    throw std::runtime_error("stopped");
}

QCoro::Task<QCborValue> stopAndThrowAsync(Context &context)
{
    while (!context.stopToken().stop_requested())
        co_await QCoro::sleepFor(1ms);
    throw std::runtime_error("stopped");
}

} // namespace

void tst_Deadlines::addRows(bool withInline)
{
    QTest::addColumn<HandlerKind>("kind");
    QTest::addColumn<int>("workers");
    QTest::newRow("sync") << HandlerKind::Sync << 1;
    QTest::newRow("blocking") << HandlerKind::Blocking << 1;
    QTest::newRow("async") << HandlerKind::Async << 2;
    if (withInline) {
        QTest::newRow("inline") << HandlerKind::Sync << 0;
        QTest::newRow("inline async") << HandlerKind::Async << 0;
    }
}

void tst_Deadlines::askToStop()
{
    QFETCH(const HandlerKind, kind);
    QFETCH(const int, workers);
    Rig rig(workers, patience);
    SubscriberOptions options;
    options.handler.kind = kind;
    options.handler.deadline = soon;
    if (kind == HandlerKind::Async)
        options.handler.start = &stopAndThrowAsync;
    else
        options.handler.run = &stopAndThrow;
    rig.on(u"a"_s, std::move(options));

    const TaskStatus end = rig.end(*rig.emitter->emit(u"a"_s));

    QCOMPARE(end.outcome, Outcome::TimedOut);
    QCOMPARE(end.reason, u"deadline"_s);
    QCOMPARE(rig.failures.load(), 1);
}

void tst_Deadlines::ofAnEmissionComeBeforeThoseOfHandlers()
{
    Rig rig(1, patience);
    rig.on(u"a"_s, &stopAndThrow, 1h);
    EmitOptions options;
    options.deadline = soon;

    const TaskStatus end = rig.end(*rig.emitter->emit(u"a"_s, {}, options));

    QCOMPARE(end.outcome, Outcome::TimedOut);
}

void tst_Deadlines::forgiveWhoReturns()
{
    Rig rig(1, patience);
    const auto run = [](Context &context) {
        waitForStop(context);
        return QCborValue(7);
    };
    rig.on(u"a"_s, run, soon);

    const TaskStatus end = rig.end(*rig.emitter->emit(u"a"_s));

    QCOMPARE(end.outcome, Outcome::Succeeded);
    QCOMPARE(end.result, QCborValue(7));
}

void tst_Deadlines::areNoCancellation()
{
    Rig rig(1);
    rig.on(u"a"_s, &stopAndThrow, 1h);
    Emission emission = *rig.emitter->emit(u"a"_s);

    emission.cancel();
    const TaskStatus end = rig.end(emission);

    QCOMPARE(end.outcome, Outcome::Canceled);
}

void tst_Deadlines::giveUpWhoDoesNotStop()
{
    QFETCH(const HandlerKind, kind);
    QFETCH(const int, workers);
    Gate gate;
    Gate hasReturned;
    Rig rig(workers);
    SubscriberOptions options;
    options.handler.kind = kind;
    options.handler.deadline = soon;
    options.handler.run = [&](Context &) {
        gate.wait();
        hasReturned.open();
        return QCborValue(u"late"_s);
    };
    options.handler.start = [&](Context &) -> QCoro::Task<QCborValue> {
        while (!gate.isOpen())
            co_await QCoro::sleepFor(1ms);
        hasReturned.open();
        co_return QCborValue(u"late"_s);
    };
    if (kind == HandlerKind::Async)
        options.handler.run = nullptr;
    else
        options.handler.start = nullptr;
    rig.on(u"a"_s, std::move(options));

    const TaskStatus end = rig.end(*rig.emitter->emit(u"a"_s));
    const bool isIdle = rig.executor->waitUntilIdle(patience);
    const ExecutorCounters counters = rig.executor->counters();
    const LiveSample sample = rig.executor->sample(10);
    gate.open();
    hasReturned.wait();
    (void)rig.executor->shutdown();

    QCOMPARE(end.outcome, Outcome::TimedOut);
    QCOMPARE(end.reason, u"still-running"_s);
    QVERIFY(end.error.what.contains(u"1 ms after its deadline"));
    QVERIFY(isIdle);
    QCOMPARE(counters.running, 0U);
    QVERIFY(sample.running.empty());
    QCOMPARE(rig.failures.load(), 1);
    QCOMPARE(rig.successes.load(), 0);
    const TraceBatch batch = rig.recorder.drain();
    QCOMPARE(batch.spans.size(), 1U);
    QCOMPARE(batch.spans[0].outcome, Outcome::TimedOut);
    QVERIFY(batch.spans[0].finished - batch.spans[0].started >= 2'000'000);
}

void tst_Deadlines::leaveTheArgumentsToWhoIsStuck()
{
    Gate gate;
    std::atomic<int> seen = 0;
    Rig rig(1);
    const auto run = [&](Context &context) {
        gate.wait();
        seen = int(context.arguments().positional.at(0).toInteger());
        return QCborValue();
    };
    rig.on(u"a"_s, run, soon);
    rig.on(u"b"_s, [](Context &) { return QCborValue(); });

    (void)rig.end(*rig.emitter->emit(u"a"_s, {.positional = {42}, .named = {}, .fields = {}}));
    for (int i = 0; i < 1000; ++i)
        (void)*rig.emitter->emit(u"b"_s, {.positional = {i}, .named = {}, .fields = {}});
    const bool isIdle = rig.executor->waitUntilIdle(patience);
    gate.open();
    (void)rig.executor->shutdown();

    QVERIFY(isIdle);
    QCOMPARE(seen.load(), 42);
}

void tst_Deadlines::startASpareWorkerInOrder()
{
    Gate gate;
    Gate isFull;
    std::vector<quint64> order; // one worker at a time
    Rig rig(1);
    const auto run = [&](Context &) {
        isFull.wait();
        gate.wait();
        return QCborValue();
    };
    rig.on(u"stuck"_s, run, soon);
    rig.on(u"next"_s, [&](Context &context) {
        order.push_back(context.emissionId());
        return QCborValue();
    });

    (void)*rig.emitter->emit(u"next"_s);
    (void)*rig.emitter->emit(u"stuck"_s);
    for (int i = 0; i < 500; ++i)
        (void)*rig.emitter->emit(u"next"_s);
    isFull.open();
    const bool isIdle = rig.executor->waitUntilIdle(patience);
    gate.open();
    (void)rig.executor->shutdown();

    QVERIFY(isIdle);
    QCOMPARE(order.size(), 501U);
    QVERIFY(std::ranges::is_sorted(order));
}

void tst_Deadlines::startAtMostFourSpareWorkers()
{
    Gate gate;
    Rig rig(1);
    const auto run = [&](Context &) {
        gate.wait();
        return QCborValue();
    };
    rig.on(u"stuck"_s, run, soon);
    rig.on(u"next"_s, [](Context &) { return QCborValue(); });

    for (int i = 0; i < 5; ++i)
        (void)rig.end(*rig.emitter->emit(u"stuck"_s));
    const Emission waiting = *rig.emitter->emit(u"next"_s);
    const bool hasRun = waiting.waitForFinished(50ms);
    gate.open();
    const bool runsLater = waiting.waitForFinished(patience);
    (void)rig.executor->shutdown();

    QVERIFY(!hasRun);
    QVERIFY(runsLater);
    QCOMPARE(rig.failures.load(), 5);
}

void tst_Deadlines::useSpareWorkersAgain()
{
    Rig rig(1);
    std::vector<std::unique_ptr<Gate>> gates;
    std::atomic<size_t> current = 0;
    const auto run = [&](Context &) {
        gates[current]->wait();
        return QCborValue();
    };
    rig.on(u"stuck"_s, run, soon);
    for (int i = 0; i < 50; ++i)
        gates.push_back(std::make_unique<Gate>());

    bool haveEnded = true;
    for (size_t i = 0; i < gates.size(); ++i) {
        current = i;
        haveEnded &= rig.end(*rig.emitter->emit(u"stuck"_s)).reason == u"still-running";
        gates[i]->open();
    }
    (void)rig.executor->shutdown();

    QVERIFY(haveEnded);
    QVERIFY(rig.recorder.drain().lanes.size() <= 5);
}

QTEST_GUILESS_MAIN(tst_Deadlines)
#include "tst_deadlines.moc"
