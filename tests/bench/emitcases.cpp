// SPDX-License-Identifier: MIT
#include "emitcases.h"

#include <fanfare/base/clock.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/threadpoolexecutor.h>

#include <QProcess>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace Fanfare::Bench {

static double secondsSince(qint64 start)
{
    return double(MonotonicClock::now() - start) / 1e9;
}

/// Drains a recorder as an application does, 60 times a second, and counts what came.
class Drainer
{
public:
    explicit Drainer(Recorder &recorder)
        : m_recorder(recorder)
        , m_thread([this](std::stop_token stop) { run(stop); })
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
        const TraceBatch batch = m_recorder.drain();
        m_spans += batch.spans.size() + batch.droppedSpans;
    }

    Recorder &m_recorder;
    quint64 m_spans = 0;
    std::jthread m_thread;
};

static void fail(const char *what)
{
    std::fprintf(stderr, "bench_emit: %s\n", what);
    std::exit(1);
}

static void warmUp(EventEmitter &emitter, const Event &event)
{
    for (int i = 0; i < 10'000; ++i)
        (void)emitter.emit(event);
    emitter.executor().waitUntilIdle(std::chrono::seconds(10));
}

static Case::Measurement emitOnThreads(quint64 count, int workers, int handlers, bool records)
{
    Recorder recorder;
    ThreadPoolExecutor executor({.workers = workers,
                                 .queueBound = 1'000'000'000,
                                 .recorder = records ? &recorder : nullptr});
    EventLinker linker;
    const Event event(QStringLiteral("Event"));
    for (int i = 0; i < handlers; ++i) {
        SubscriberOptions options;
        options.handler.run = [](Context &) { return QCborValue(); };
        if (!linker.subscribe({event}, std::move(options)))
            fail("cannot subscribe");
    }
    EventEmitter emitter(linker, executor);
    Drainer drainer(recorder);
    warmUp(emitter, event);
    const quint64 before = executor.counters().ended;
    const qint64 start = MonotonicClock::now();
    for (quint64 i = 0; i < count; ++i)
        (void)emitter.emit(event);
    executor.waitUntilIdle(std::chrono::hours(1));
    const double seconds = secondsSince(start);
    if (executor.counters().ended - before != count * quint64(handlers))
        fail("tasks are missing");
    if (records && drainer.finish() != executor.counters().ended)
        fail("spans are missing");
    if (!records)
        drainer.finish();
    return {double(count), seconds};
}

static Case::Measurement rawThreadPool(quint64 count, int workers)
{
    QThreadPool pool;
    pool.setMaxThreadCount(workers);
    pool.setExpiryTimeout(-1);
    std::atomic<quint64> done = 0;
    QSemaphore warm;
    for (int i = 0; i < 10'000; ++i)
        pool.start([&] { warm.release(); });
    warm.acquire(10'000);
    const qint64 start = MonotonicClock::now();
    for (quint64 i = 0; i < count; ++i)
        pool.start([&done] { done.fetch_add(1, std::memory_order_relaxed); });
    while (done.load(std::memory_order_relaxed) < count)
        std::this_thread::yield();
    return {double(count), secondsSince(start)};
}

static const char *pythonProgram = R"(
import sys, time
from concurrent.futures import ThreadPoolExecutor
def nothing(): pass
count, workers = int(sys.argv[1]), int(sys.argv[2])
with ThreadPoolExecutor(workers) as pool:
    for _ in range(1000): pool.submit(nothing)
    start = time.perf_counter()
    for _ in range(count - 1): pool.submit(nothing)
    pool.submit(nothing).result()
    pool.shutdown(wait=True)
    print(time.perf_counter() - start)
)";

static Case::Measurement pythonThreadPool(quint64 count, int workers)
{
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"),
                 {QStringLiteral("-c"), QString::fromLatin1(pythonProgram), QString::number(count),
                  QString::number(workers)});
    if (!python.waitForFinished(600'000) || python.exitCode() != 0)
        fail("python3 did not run");
    return {double(count), python.readAllStandardOutput().trimmed().toDouble()};
}

std::vector<Case> emitCases(quint64 count, int workers)
{
    const QString emissions = QStringLiteral("emissions");
    const QString tasks = QStringLiteral("tasks");
    return {
        {QStringLiteral("qthreadpool_lambda"), tasks,
         [=] { return rawThreadPool(count, workers); }},
        {QStringLiteral("fanfare_emit_recorded"), emissions,
         [=] { return emitOnThreads(count, workers, 1, true); }},
        {QStringLiteral("fanfare_emit_unrecorded"), emissions,
         [=] { return emitOnThreads(count, workers, 1, false); }},
        {QStringLiteral("fanfare_emit_10_handlers"), emissions,
         [=] { return emitOnThreads(count / 5, workers, 10, true); }},
        {QStringLiteral("python_thread_pool"), tasks,
         [=] { return pythonThreadPool(count / 10, workers); }},
    };
}

} // namespace Fanfare::Bench
