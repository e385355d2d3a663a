// SPDX-License-Identifier: MIT
#include "emitrun.h"

#include <fanfare/base/clock.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/threadpoolexecutor.h>

#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace Fanfare::Bench {

double secondsSince(qint64 start)
{
    return double(MonotonicClock::now() - start) / 1e9;
}

/// Drains a recorder as an application does, 60 times a second, and counts what came.
class Drainer
{
public:
    explicit Drainer(Recorder &recorder)
        : m_recorder(recorder)
        , m_thread([this](const std::stop_token &stop) { run(stop); })
    {
    }

    quint64 finish()
    {
        m_thread.request_stop();
        m_thread.join();
        drain();
        return m_spans;
    }

private:
    void run(const std::stop_token &stop)
    {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(16));
            drain();
        }
    }

    void drain()
    {
        m_recorder.drain(m_batch);
        m_spans += m_batch.spans.size() + m_batch.droppedSpans;
    }

    Recorder &m_recorder;
    TraceBatch m_batch;
    quint64 m_spans = 0;
    std::jthread m_thread;
};

static void subscribe(EventLinker &linker, const Event &event, int handlers,
                      const HandlerFunction &handler)
{
    for (int i = 0; i < handlers; ++i) {
        SubscriberOptions options;
        options.handler.run = handler;
        if (!linker.subscribe({event}, std::move(options)))
            fail("cannot subscribe");
    }
}

static void emitAll(EventEmitter &emitter, const Event &event, quint64 count, int batch)
{
    if (batch == 1) {
        for (quint64 i = 0; i < count; ++i)
            (void)emitter.emit(event);
        return;
    }
    for (quint64 i = 0; i < count; i += quint64(batch))
        (void)emitter.emitBatch(event, std::vector<Arguments>(size_t(batch)));
}

/// Starts the threads and fills the caches, with a handler that does nothing.
static void warmUp(EventEmitter &emitter)
{
    const Event event(QStringLiteral("WarmUp"));
    subscribe(emitter.linker(), event, 1, [](Context &) { return QCborValue(); });
    emitAll(emitter, event, 10'000, 1);
    emitter.executor().waitUntilIdle(std::chrono::hours(1));
}

/// Emits on as many threads as the plan wants, this one included when it is one.
static EmitTimes emitOnThreads(EventEmitter &emitter, const Event &event, const EmitPlan &plan)
{
    std::vector<EmitTimes> times(size_t(plan.emitters));
    std::barrier together(plan.emitters);
    const auto work = [&](EmitTimes &own) {
        together.arrive_and_wait();
        const qint64 start = MonotonicClock::now();
        const qint64 cpu = MonotonicClock::threadCpu();
        emitAll(emitter, event, plan.count, plan.batch);
        own.callCpu = double(MonotonicClock::threadCpu() - cpu) / 1e9;
        own.callSeconds = secondsSince(start);
    };
    {
        std::vector<std::jthread> threads;
        for (size_t i = 1; i < times.size(); ++i)
            threads.emplace_back([&, i] { work(times[i]); });
        work(times[0]);
    }
    EmitTimes sum;
    for (const EmitTimes &each : times) {
        sum.callSeconds += each.callSeconds;
        sum.callCpu += each.callCpu;
    }
    return sum;
}

EmitTimes runEmissions(const EmitPlan &plan)
{
    Recorder recorder;
    ThreadPoolExecutor executor({.workers = plan.workers,
                                 .queueBound = 1'000'000'000,
                                 .recorder = plan.isRecorded ? &recorder : nullptr});
    EventLinker linker;
    const Event event(QStringLiteral("Event"));
    subscribe(linker, event, plan.handlers, plan.handler);
    EventEmitter emitter(linker, executor);
    Drainer drainer(recorder);
    warmUp(emitter);

    const ExecutorCounters before = executor.counters();
    const double cpu = processCpu();
    const qint64 start = MonotonicClock::now();
    EmitTimes times = emitOnThreads(emitter, event, plan);
    executor.waitUntilIdle(std::chrono::hours(1));
    times.seconds = secondsSince(start);
    times.cpuSeconds = processCpu() - cpu;

    const ExecutorCounters after = executor.counters();
    const quint64 emissions = plan.count * quint64(plan.emitters);
    if (after.emissions - before.emissions != emissions
        || after.ended - before.ended != emissions * quint64(plan.handlers))
        fail("tasks are missing");
    const quint64 spans = drainer.finish();
    if (plan.isRecorded && spans != after.ended)
        fail("spans are missing");
    return times;
}

} // namespace Fanfare::Bench
