// SPDX-License-Identifier: MIT
#include "threadpools.h"

#include "benchrun.h"
#include "emitrun.h"

#include <fanfare/base/clock.h>

#include <QProcess>
#include <QRunnable>
#include <QSemaphore>
#include <QThreadPool>

#include <atomic>
#include <thread>

namespace Fanfare::Bench {

/// Counts tasks; the thread that waits for the last one sleeps.
class Countdown
{
public:
    explicit Countdown(quint64 count)
        : m_left(count)
    {
    }

    void taskEnded()
    {
        if (m_left.fetch_sub(1, std::memory_order_acq_rel) == 1)
            m_end.release();
    }
    void wait() { m_end.acquire(); }

private:
    std::atomic<quint64> m_left;
    QSemaphore m_end;
};

/// A pool whose threads have started.
class WarmPool
{
public:
    explicit WarmPool(int workers)
    {
        pool.setMaxThreadCount(workers);
        pool.setExpiryTimeout(-1);
        QSemaphore warm;
        for (int i = 0; i < 10'000; ++i)
            pool.start([&] { warm.release(); });
        warm.acquire(10'000);
    }

    QThreadPool pool;
};

template <typename Start>
static std::vector<double> measured(quint64 count, int workers, Start start)
{
    WarmPool warm(workers);
    Countdown tasks(count);
    const double cpu = processCpu();
    const qint64 begin = MonotonicClock::now();
    for (quint64 i = 0; i < count; ++i)
        start(warm.pool, tasks);
    const double callSeconds = secondsSince(begin);
    tasks.wait();
    const double seconds = secondsSince(begin);
    return {double(count) / seconds / 1e6, callSeconds / double(count) * 1e9,
            (processCpu() - cpu) / double(count) * 1e9};
}

std::vector<double> startLambdas(quint64 count, int workers)
{
    return measured(count, workers, [](QThreadPool &pool, Countdown &tasks) {
        pool.start([&tasks] { tasks.taskEnded(); });
    });
}

class CountingRunnable final : public QRunnable
{
public:
    explicit CountingRunnable(Countdown &tasks)
        : m_tasks(tasks)
    {
    }
    void run() override { m_tasks.taskEnded(); }

private:
    Countdown &m_tasks;
};

std::vector<double> startRunnables(quint64 count, int workers)
{
    return measured(count, workers, [](QThreadPool &pool, Countdown &tasks) {
        pool.start(new CountingRunnable(tasks)); // deletes itself
    });
}

std::vector<double> startLambdasTogether(quint64 count, int workers, int emitters)
{
    const quint64 all = count * quint64(emitters);
    WarmPool warm(workers);
    Countdown tasks(all);
    std::atomic<qint64> cpu = 0;
    const auto work = [&] {
        const qint64 start = MonotonicClock::threadCpu();
        for (quint64 i = 0; i < count; ++i)
            warm.pool.start([&tasks] { tasks.taskEnded(); });
        cpu += MonotonicClock::threadCpu() - start;
    };
    const qint64 begin = MonotonicClock::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 1; i < emitters; ++i)
            threads.emplace_back(work);
        work();
    }
    tasks.wait();
    return {double(all) / secondsSince(begin) / 1e6, double(cpu) / double(all)};
}

double secondsOnThreadPool(quint64 count, int workers, const std::function<void()> &work)
{
    WarmPool warm(workers);
    Countdown tasks(count);
    const qint64 begin = MonotonicClock::now();
    for (quint64 i = 0; i < count; ++i) {
        warm.pool.start([&] {
            work();
            tasks.taskEnded();
        });
    }
    tasks.wait();
    return secondsSince(begin);
}

static const char *pythonProgram = R"(
import sys, time
from concurrent.futures import ThreadPoolExecutor
def nothing(): pass
count, workers = int(sys.argv[1]), int(sys.argv[2])
with ThreadPoolExecutor(workers) as pool:
    for _ in range(1000): pool.submit(nothing)
    cpu, start = time.process_time(), time.perf_counter()
    for _ in range(count): pool.submit(nothing)
    called = time.perf_counter()
    pool.shutdown(wait=True)
    print(time.perf_counter() - start, called - start, time.process_time() - cpu)
)";

std::vector<double> submitInPython(quint64 count, int workers)
{
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"),
                 {QStringLiteral("-c"), QString::fromLatin1(pythonProgram), QString::number(count),
                  QString::number(workers)});
    if (!python.waitForFinished(600'000) || python.exitCode() != 0)
        fail("python3 did not run");
    const QList<QByteArray> times = python.readAllStandardOutput().trimmed().split(' ');
    if (times.size() != 3)
        fail("python3 printed no times");
    return {double(count) / times[0].toDouble() / 1e6, times[1].toDouble() / double(count) * 1e9,
            times[2].toDouble() / double(count) * 1e9};
}

} // namespace Fanfare::Bench
