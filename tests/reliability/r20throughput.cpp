// SPDX-License-Identifier: MIT
#include "bar.h"

#include <fanfare/base/clock.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/processes/processpoolexecutor.h>

#include <algorithm>
#include <array>
#include <sys/resource.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr qint64 tasksPerRound = 400'000;
static constexpr int rounds = 5;
static constexpr int trips = 2'000;
static constexpr double barPerSecond = 200'000;

namespace {

struct Bench
{
    Bench()
        : executor({.workers = 2,
                    .recorder = &recorder,
                    .hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host")})
        , emitter(linker, executor)
    {
        SubscriberOptions options;
        options.handler.run = [](Context &) { return QCborValue(); };
        options.handler.identity = {u"org.fanfare.test.paces"_s,
                                    u"nothing"_s,
                                    QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces/paces.so"),
                                    {}};
        (void)*linker.subscribe({event}, std::move(options));
    }

    bool warmUp();
    double throughput();              ///< tasks/s
    std::vector<double> roundTrips(); ///< us

    const Event event{u"nothing"_s};
    Recorder recorder;
    EventLinker linker;
    ProcessPoolExecutor executor;
    EventEmitter emitter;
    quint64 recorded = 0;
    quint64 succeeded = 0;

private:
    void count();
};

} // namespace

void Bench::count()
{
    for (const SpanRecord &span : recorder.drain().spans) {
        ++recorded;
        succeeded += span.outcome == Outcome::Succeeded;
    }
}

bool Bench::warmUp()
{
    for (int i = 0; i < 20'000; ++i)
        (void)*emitter.emit(event);
    const bool isDone = executor.waitUntilIdle(std::chrono::seconds(20));
    count();
    recorded = succeeded = 0;
    return isDone;
}

double Bench::throughput()
{
    const qint64 begin = MonotonicClock::now();
    for (qint64 i = 0; i < tasksPerRound; ++i)
        (void)*emitter.emit(event);
    executor.waitUntilIdle(std::chrono::seconds(60));
    const double span = double(MonotonicClock::now() - begin) / 1e9;
    count();
    return double(tasksPerRound) / span;
}

std::vector<double> Bench::roundTrips()
{
    std::vector<double> times;
    for (int i = 0; i < trips; ++i) {
        const qint64 begin = MonotonicClock::now();
        (*emitter.emit(event)).waitForFinished(std::chrono::seconds(20));
        times.push_back(double(MonotonicClock::now() - begin) / 1000);
    }
    std::sort(times.begin(), times.end());
    return times;
}

/// Of this process and of its children that have ended, in ns.
static double cpuTime()
{
    double sum = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        getrusage(who, &usage);
        for (const timeval &time : {usage.ru_utime, usage.ru_stime})
            sum += double(time.tv_sec) * 1e9 + double(time.tv_usec) * 1e3;
    }
    return sum;
}

BarResult runThroughput(const BarOptions &)
{
    Bench bench;
    if (!bench.warmUp())
        return {{}, u"The pool does not get ready."_s};
    std::array<double, rounds> perSecond;
    for (double &each : perSecond)
        each = bench.throughput();
    (void)bench.executor.shutdown(); // the CPU time of workers is known when they have ended
    const double cpu = cpuTime() / double(tasksPerRound * rounds);
    std::sort(perSecond.begin(), perSecond.end());
    const double median = perSecond[rounds / 2];
    const quint64 recorded = bench.recorded;
    const quint64 succeeded = bench.succeeded;
    Bench idle; // another pool, with nothing to do but the trips
    if (!idle.warmUp())
        return {{}, u"The second pool does not get ready."_s};
    const std::vector<double> times = idle.roundTrips();
    BarResult bar;
    bar.figures = {{u"tasksPerSecond"_s, qint64(median)},
                   {u"slowest"_s, qint64(perSecond.front())},
                   {u"fastest"_s, qint64(perSecond.back())},
                   {u"cpuNanosecondsPerTask"_s, qint64(cpu)},
                   {u"recorded"_s, qint64(recorded)},
                   {u"roundTripMedian"_s, times[times.size() / 2]},
                   {u"roundTrip99"_s, times[times.size() * 99 / 100]}};
    if (recorded != quint64(tasksPerRound * rounds) || succeeded != recorded)
        bar.problem = u"The account is not exact."_s;
    else if (median < barPerSecond)
        bar.problem = u"Fewer than 200,000 tasks per second."_s;
    return bar;
}
