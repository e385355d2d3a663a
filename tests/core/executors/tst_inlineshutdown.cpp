// SPDX-License-Identifier: MIT
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/inlineexecutor.h>

#include <QTest>

#include <array>
#include <atomic>
#include <latch>
#include <thread>

using namespace Fanfare;

/// An InlineExecutor that one thread uses while another shuts it down.
class tst_InlineShutdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelsWhatWaitsBehindARunningHandler();
    void endsEveryAcceptedTaskOnce();
};

namespace {

struct Rig
{
    Recorder recorder;
    EventLinker linker;
    InlineExecutor executor{{.recorder = &recorder}};
    EventEmitter emitter{linker, executor};

    void on(const char16_t *event, HandlerFunction run)
    {
        SubscriberOptions options;
        options.handler.run = std::move(run);
        (void)*linker.subscribe({Event(event)}, std::move(options));
    }

    std::array<int, outcomeCount> outcomes()
    {
        std::array<int, outcomeCount> counts{};
        for (const SpanRecord &span : recorder.drain().spans)
            ++counts[size_t(span.outcome)];
        return counts;
    }
};

} // namespace

void tst_InlineShutdown::cancelsWhatWaitsBehindARunningHandler()
{
    Rig rig;
    std::latch hasEmitted(1);
    std::latch isShutDown(1);
    rig.on(u"outer", [&](Context &) {
        for (int i = 0; i < 3; ++i)
            (void)rig.emitter.emit(u"inner");
        hasEmitted.count_down();
        isShutDown.wait();
        return QCborValue();
    });
    rig.on(u"inner", [](Context &) { return QCborValue(); });

    std::thread emitting([&] { (void)rig.emitter.emit(u"outer"); });
    hasEmitted.wait();
    (void)rig.executor.shutdown(ShutdownMode::Return, PendingMode::CancelQueued);
    isShutDown.count_down();
    emitting.join();

    const std::array<int, outcomeCount> outcomes = rig.outcomes();
    QCOMPARE(outcomes[size_t(Outcome::Succeeded)], 1);
    QCOMPARE(outcomes[size_t(Outcome::Canceled)], 3);
}

void tst_InlineShutdown::endsEveryAcceptedTaskOnce()
{
    for (int round = 0; round < 200; ++round) {
        Rig rig;
        rig.on(u"a", [](Context &) { return QCborValue(); });
        std::latch together(3);
        std::atomic<int> accepted = 0;

        const auto emitSome = [&] {
            together.arrive_and_wait();
            while (const auto emission = rig.emitter.emit(u"a"))
                ++accepted;
        };
        std::thread one(emitSome);
        std::thread other(emitSome);
        together.arrive_and_wait();
        (void)rig.executor.shutdown(ShutdownMode::Wait, PendingMode::CancelQueued);
        one.join();
        other.join();

        const std::array<int, outcomeCount> outcomes = rig.outcomes();
        QCOMPARE(outcomes[size_t(Outcome::Succeeded)] + outcomes[size_t(Outcome::Canceled)],
                 accepted.load());
        const ExecutorCounters counters = rig.executor.counters();
        QCOMPARE(counters.ended, quint64(accepted.load()));
    }
}

QTEST_GUILESS_MAIN(tst_InlineShutdown)
#include "tst_inlineshutdown.moc"
