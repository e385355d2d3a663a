// SPDX-License-Identifier: MIT
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/threadpoolexecutor.h>

#include <QCoroTimer>
#include <QScopeGuard>
#include <QTest>
#include <QTimer>

#include <condition_variable>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(HandlerKind)

static constexpr auto patience = 20s;

class tst_ConcurrencyLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hold_data() { kinds(); }
    void hold();
    void leaveTheOthersAlone_data();
    void leaveTheOthersAlone();
    void keepTheOrder();
    void countWhatTheyKeepAsQueued();
    void keepNothingFromBeingCanceled();
    void keepNothingFromShutdown();
    void letTheNextOneGoWhenOneIsGivenUp_data();
    void letTheNextOneGoWhenOneIsGivenUp();

private:
    static void kinds();
};

namespace {

/// Opens once, for any number of threads that wait.
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

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isOpen = false; // guarded by m_mutex
};

/// How many tasks run now, and ran at most.
struct Company
{
    void enter()
    {
        const int now = ++present;
        int before = most.load();
        while (now > before && !most.compare_exchange_weak(before, now)) { }
    }
    void leave() { --present; }

    std::atomic<int> present = 0;
    std::atomic<int> most = 0;
};

struct Rig
{
    explicit Rig(int workers, std::chrono::nanoseconds grace = 250ms)
        : executor({.workers = workers, .grace = grace})
        , emitter(linker, executor)
    {
    }

    void on(const QString &event, HandlerKind kind, int concurrency, HandlerFunction run,
            std::chrono::nanoseconds deadline = 0ns)
    {
        SubscriberOptions options;
        options.handler.kind = kind;
        options.handler.run = std::move(run);
        options.handler.concurrency = concurrency;
        options.handler.deadline = deadline;
        (void)*linker.subscribe({Event(event)}, std::move(options));
    }

    std::vector<Emission> emitTimes(const QString &event, int count)
    {
        std::vector<Emission> emissions;
        for (int i = 0; i < count; ++i)
            emissions.push_back(*emitter.emit(event, {.positional = {i}}));
        return emissions;
    }

    EventLinker linker;
    ThreadPoolExecutor executor;
    EventEmitter emitter;
};

QCborValue stay(Company &company)
{
    company.enter();
    std::this_thread::sleep_for(1ms); // gives a second one the time to come in
    company.leave();
    return {};
}

} // namespace

void tst_ConcurrencyLimits::kinds()
{
    QTest::addColumn<HandlerKind>("kind");
    QTest::newRow("sync") << HandlerKind::Sync;
    QTest::newRow("blocking") << HandlerKind::Blocking;
    QTest::newRow("async") << HandlerKind::Async;
}

void tst_ConcurrencyLimits::hold()
{
    QFETCH(HandlerKind, kind);
    Company company;
    Rig rig(4);
    if (kind == HandlerKind::Async) {
        SubscriberOptions options;
        options.handler.kind = kind;
        options.handler.concurrency = 2;
        options.handler.start = [&](Context &) -> QCoro::Task<QCborValue> {
            company.enter();
            QTimer timer;
            timer.start(1);
            co_await timer;
            company.leave();
            co_return QCborValue();
        };
        QVERIFY(rig.linker.subscribe({Event(u"E"_s)}, std::move(options)));
    } else {
        rig.on(u"E"_s, kind, 2, [&](Context &) { return stay(company); });
    }

    const auto emissions = rig.emitTimes(u"E"_s, 40);

    QVERIFY(rig.executor.waitUntilIdle(patience));
    QCOMPARE(company.most.load(), 2);
    for (const Emission &emission : emissions)
        QCOMPARE(emission.tasks().front().outcome, Outcome::Succeeded);
    QCOMPARE(rig.executor.counters().ended, quint64(40));
}

void tst_ConcurrencyLimits::leaveTheOthersAlone_data()
{
    QTest::addColumn<HandlerKind>("kind");
    QTest::newRow("sync") << HandlerKind::Sync;
    QTest::newRow("blocking") << HandlerKind::Blocking;
}

void tst_ConcurrencyLimits::leaveTheOthersAlone()
{
    QFETCH(HandlerKind, kind);
    Gate gate;
    Rig rig(2);
    rig.on(u"Limited"_s, kind, 1, [&](Context &) {
        gate.wait();
        return QCborValue();
    });
    rig.on(u"Other"_s, HandlerKind::Sync, 0, [](Context &) { return QCborValue(); });
    (void)rig.emitTimes(u"Limited"_s, 10);

    const auto others = rig.emitTimes(u"Other"_s, 10);

    for (const Emission &other : others)
        QVERIFY(other.waitForFinished(patience)); // while one of the limited waits for us
    gate.open();
    QVERIFY(rig.executor.waitUntilIdle(patience));
}

void tst_ConcurrencyLimits::keepTheOrder()
{
    std::vector<qint64> order; // of one task at a time
    Rig rig(4);
    rig.on(u"E"_s, HandlerKind::Sync, 1, [&](Context &context) {
        order.push_back(context.arguments().positional.first().toInteger());
        return QCborValue();
    });

    (void)rig.emitTimes(u"E"_s, 100);

    QVERIFY(rig.executor.waitUntilIdle(patience));
    QCOMPARE(order.size(), size_t(100));
    // Two workers may come to the limit at once; otherwise those that wait go first.
    qsizetype misplaced = 0;
    for (size_t i = 0; i < order.size(); ++i)
        misplaced += std::abs(order[i] - qint64(i)) > 64 ? 1 : 0;
    QCOMPARE(misplaced, 0);
}

void tst_ConcurrencyLimits::countWhatTheyKeepAsQueued()
{
    Gate gate;
    std::atomic<int> started = 0;
    Rig rig(4);
    rig.on(u"E"_s, HandlerKind::Sync, 1, [&](Context &) {
        ++started;
        gate.wait();
        return QCborValue();
    });

    (void)rig.emitTimes(u"E"_s, 10);

    QTRY_COMPARE(rig.executor.counters().queued, quint64(9));
    QTRY_COMPARE(started.load(), 1);
    QTRY_COMPARE(rig.executor.sample(100).queued.size(), size_t(9));
    gate.open();
    QVERIFY(rig.executor.waitUntilIdle(patience));
    QCOMPARE(rig.executor.counters().queued, quint64(0));
}

void tst_ConcurrencyLimits::keepNothingFromBeingCanceled()
{
    Gate gate;
    std::atomic<int> started = 0;
    Rig rig(2);
    rig.on(u"E"_s, HandlerKind::Sync, 1, [&](Context &) {
        ++started;
        gate.wait();
        return QCborValue();
    });
    const auto emissions = rig.emitTimes(u"E"_s, 10);
    QTRY_COMPARE(rig.executor.sample(100).queued.size(), size_t(9));

    rig.executor.cancelAll();

    for (size_t i = 1; i < emissions.size(); ++i) {
        QVERIFY(emissions[i].waitForFinished(patience)); // while the first one still runs
        QCOMPARE(emissions[i].tasks().front().outcome, Outcome::Canceled);
    }
    gate.open();
    QVERIFY(rig.executor.waitUntilIdle(patience));
    QCOMPARE(started.load(), 1);
}

void tst_ConcurrencyLimits::keepNothingFromShutdown()
{
    Gate gate;
    Rig rig(2);
    rig.on(u"E"_s, HandlerKind::Sync, 1, [&](Context &) {
        gate.wait();
        return QCborValue();
    });
    const auto emissions = rig.emitTimes(u"E"_s, 10);
    QTRY_COMPARE(rig.executor.sample(100).queued.size(), size_t(9));

    QVERIFY(rig.executor.shutdown(ShutdownMode::Return, PendingMode::CancelQueued));
    gate.open();
    QVERIFY(rig.executor.shutdown());

    int canceled = 0;
    for (const Emission &emission : emissions)
        canceled += emission.tasks().front().outcome == Outcome::Canceled ? 1 : 0;
    QCOMPARE(canceled, 9);
}

void tst_ConcurrencyLimits::letTheNextOneGoWhenOneIsGivenUp_data()
{
    leaveTheOthersAlone_data();
}

void tst_ConcurrencyLimits::letTheNextOneGoWhenOneIsGivenUp()
{
    QFETCH(HandlerKind, kind);
    Gate gate;
    Rig rig(2, 1ms);
    rig.on(
        u"E"_s, kind, 1,
        [&](Context &context) {
            if (context.arguments().positional.first().toInteger() == 0)
                gate.wait(); // and does not stop when it is asked to
            return QCborValue();
        },
        1ms);
    const auto release = qScopeGuard([&] { gate.open(); }); // whatever fails
    const auto emissions = rig.emitTimes(u"E"_s, 5);

    for (const Emission &emission : emissions)
        QVERIFY(emission.waitForFinished(patience)); // while the handler of the first is stuck

    QCOMPARE(emissions.front().tasks().front().outcome, Outcome::TimedOut);
    gate.open();
    QVERIFY(rig.executor.shutdown());
}

QTEST_GUILESS_MAIN(tst_ConcurrencyLimits)
#include "tst_concurrencylimits.moc"
