// SPDX-License-Identifier: MIT
#include "executorrig.h"

#include <QTest>

#include <atomic>
#include <random>
#include <thread>

using namespace Fanfare;
using namespace std::chrono_literals;

class tst_ExecutorStress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsUpAMillionTasksUnderRandomCancels();
    void addsUpWhenShutdownRacesWithEmitting();
};

/// What was called for the tasks of a run.
struct Calls
{
    std::atomic<quint64> entered = 0;
    std::atomic<quint64> successes = 0;
    std::atomic<quint64> failures = 0;
};

static SubscriberOptions countingHandler(Calls &calls)
{
    SubscriberOptions options;
    options.handler.run = [&calls](Context &) {
        ++calls.entered;
        return QCborValue();
    };
    options.onSuccess = [&calls](Context &, const QCborValue &) { ++calls.successes; };
    options.onFailure = [&calls](Context &, Outcome, const TaskError &) { ++calls.failures; };
    return options;
}

/// Emits \a count times and cancels one emission in eight some time later.
static quint64 emitAndCancel(EventEmitter &emitter, quint64 count, unsigned seed)
{
    std::minstd_rand random(seed);
    std::array<Emission, 64> recent;
    quint64 accepted = 0;
    for (quint64 i = 0; i < count; ++i) {
        auto emission = emitter.emit(u"event");
        if (!emission)
            continue;
        ++accepted;
        recent[i % recent.size()] = *emission;
        if (random() % 8 == 0)
            recent[random() % recent.size()].cancel();
    }
    return accepted;
}

void tst_ExecutorStress::addsUpAMillionTasksUnderRandomCancels()
{
    constexpr quint64 producers = 4;
    constexpr quint64 each = 250'000;
    Calls calls;
    Recorder recorder;
    EventLinker linker;
    ThreadPoolExecutor executor({.workers = 2, .queueBound = 2'000'000, .recorder = &recorder});
    EventEmitter emitter(linker, executor);
    QVERIFY(linker.subscribe({u"event"}, countingHandler(calls)));
    std::atomic<bool> isDone = false;
    std::array<quint64, outcomeCount> outcomes{};
    const auto drain = [&] {
        for (const SpanRecord &span : recorder.drain().spans)
            ++outcomes[size_t(span.outcome)];
    };
    std::thread drainer([&] {
        while (!isDone) {
            drain();
            std::this_thread::yield();
        }
    });

    std::vector<std::thread> threads;
    std::atomic<quint64> accepted = 0;
    for (unsigned i = 0; i < producers; ++i)
        threads.emplace_back([&, i] { accepted += emitAndCancel(emitter, each, i + 1); });
    for (std::thread &thread : threads)
        thread.join();

    QVERIFY(executor.waitUntilIdle(120s));
    isDone = true;
    drainer.join();
    drain();
    const quint64 succeeded = outcomes[size_t(Outcome::Succeeded)];
    const quint64 canceled = outcomes[size_t(Outcome::Canceled)];
    qInfo("%llu tasks: %llu succeeded, %llu canceled", accepted.load(), succeeded, canceled);
    QCOMPARE(accepted.load(), producers * each);
    QCOMPARE(succeeded + canceled, producers * each);
    QVERIFY(canceled > 0);
    QCOMPARE(calls.successes.load(), succeeded);
    QCOMPARE(calls.successes + calls.failures, calls.entered.load());
    const ExecutorCounters counters = executor.counters();
    QCOMPARE(counters.submitted, producers * each);
    QCOMPARE(counters.ended, producers * each);
    QCOMPARE(counters.queued + counters.running, quint64(0));
}

void tst_ExecutorStress::addsUpWhenShutdownRacesWithEmitting()
{
    std::minstd_rand random(7);
    for (int round = 0; round < 200; ++round) {
        Calls calls;
        Recorder recorder;
        EventLinker linker;
        auto executor = std::make_unique<ThreadPoolExecutor>(
            ThreadPoolOptions{.workers = 1 + round % 3, .recorder = &recorder});
        EventEmitter emitter(linker, *executor);
        QVERIFY(linker.subscribe({u"event"}, countingHandler(calls)));
        std::atomic<quint64> accepted = 0;
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < 3; ++i)
            threads.emplace_back([&, i] { accepted += emitAndCancel(emitter, 300, i + 1); });
        const auto pending = random() % 2 ? PendingMode::Drain : PendingMode::CancelQueued;
        const auto mode = random() % 2 ? ShutdownMode::Wait : ShutdownMode::Return;
        const quint64 moment = random() % 600;
        while (accepted + executor->counters().submitted < moment
               && executor->counters().ended < 600)
            std::this_thread::yield();

        const auto shutDown = executor->shutdown(mode, pending);
        for (std::thread &thread : threads)
            thread.join();
        executor.reset();

        QVERIFY(shutDown);
        QCOMPARE(quint64(recorder.drain().spans.size()), accepted.load());
        QCOMPARE(calls.successes + calls.failures, calls.entered.load());
        QVERIFY(calls.entered <= accepted);
    }
}

QTEST_GUILESS_MAIN(tst_ExecutorStress)
#include "tst_executorstress.moc"
