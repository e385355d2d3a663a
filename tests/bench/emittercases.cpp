// SPDX-License-Identifier: MIT
#include "cases.h"

#include "emitrun.h"
#include "threadpools.h"

#include <fanfare/base/clock.h>
#include <fanfare/events/eventemitter.h>

#include <atomic>
#include <thread>

namespace Fanfare::Bench {

/// Takes every submission and runs nothing, so that only the path to an executor is measured.
class DiscardingExecutor final : public Executor
{
public:
    Result<Emission> submit(Submission &) override { return Emission(); }
    Result<void> shutdown(ShutdownMode, PendingMode) override { return {}; }
    void cancelAll() override { }
    void cancel(const EmissionRange &) override { }
    bool waitUntilIdle(std::chrono::nanoseconds) override { return true; }
    bool isAccepting() const override { return true; }
    ExecutorCounters counters() const override { return {}; }
    LiveSample sample(int) const override { return {}; }
};

static std::vector<double> emitIntoNothing(quint64 count, int emitters)
{
    DiscardingExecutor executor;
    EventLinker linker;
    const Event event(QStringLiteral("Event"));
    SubscriberOptions options;
    options.handler.run = [](Context &) { return QCborValue(); };
    if (!linker.subscribe({event}, std::move(options)))
        fail("cannot subscribe");
    EventEmitter emitter(linker, executor);
    std::atomic<qint64> cpu = 0;
    const auto work = [&] {
        const qint64 start = MonotonicClock::threadCpu();
        for (quint64 i = 0; i < count; ++i)
            (void)emitter.emit(event);
        cpu += MonotonicClock::threadCpu() - start;
    };
    const qint64 start = MonotonicClock::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < emitters; ++i)
            threads.emplace_back(work);
    }
    const double all = double(count) * emitters;
    return {all / secondsSince(start) / 1e6, double(cpu) / all};
}

static std::vector<double> emitTogether(quint64 count, int emitters)
{
    const EmitTimes times = runEmissions({.count = count, .emitters = emitters});
    const double all = double(count) * emitters;
    return {all / times.seconds / 1e6, times.callCpu / all * 1e9};
}

std::vector<Family> emitterFamilies(const BenchSettings &settings)
{
    Family family;
    family.name = QStringLiteral("emitters");
    family.title = QStringLiteral("One and two threads emit at the same time, 2 workers");
    family.columns = {QStringLiteral("M emissions/s"), QStringLiteral("CPU ns a call")};
    const auto add = [&](const QString &name, quint64 count,
                         const std::function<std::vector<double>(quint64, int)> &run) {
        const QString one = name + QStringLiteral("_1_thread");
        family.cases.push_back({one, [=] { return run(count, 1); }, one});
        family.cases.push_back(
            {name + QStringLiteral("_2_threads"), [=] { return run(count / 2, 2); }, one});
    };
    const quint64 count = std::max<quint64>(settings.scaled(1'000'000), 2);
    add(QStringLiteral("qthreadpool_lambda"), count,
        [](quint64 each, int emitters) { return startLambdasTogether(each, 2, emitters); });
    add(QStringLiteral("emit"), count, emitTogether);
    add(QStringLiteral("emit_into_nothing"), 5 * count, emitIntoNothing);
    return {family};
}

} // namespace Fanfare::Bench
