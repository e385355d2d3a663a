// SPDX-License-Identifier: MIT
#include "processcases.h"

#include "processpeers.h"
#include "processrun.h"
#include "processworker.h"

#include <fanfare/base/clock.h>

#include <algorithm>

namespace Fanfare::Bench {

using namespace Qt::StringLiterals;

static constexpr int workers = 2;
static constexpr int megabytePipe = 1024 * 1024;
static constexpr quint64 warmTasks = 2'000;

static std::vector<BareWorker> bareWorkers(qsizetype size, int pipeSize, qsizetype window)
{
    std::vector<BareWorker> all;
    for (int i = 0; i < workers; ++i)
        all.emplace_back(size, size, pipeSize);
    (void)secondsOnBareWorkers(all, quint64(2 * window), window);
    return all;
}

static std::vector<double> thousandsASecond(quint64 count, double seconds)
{
    return {double(count) / seconds / 1000};
}

static Family taskFamily(const BenchSettings &settings)
{
    const quint64 count = settings.scaled(400'000);
    const quint64 few = std::max<quint64>(count / 20, 100);
    Family family;
    family.name = u"tasks"_s;
    family.title = u"Tasks that do nothing, 2 workers, recorded, every account exact"_s;
    family.columns = {u"k tasks/s"_s};
    const auto python = [=](const QString &pool) {
        return [=] {
            return thousandsASecond(few,
                                    runPython({pool, u"tasks"_s, QString::number(few)}).front());
        };
    };
    family.cases = {
        {u"multiprocessing_pool"_s, python(u"pool"_s)},
        {u"concurrent_futures"_s, python(u"futures"_s)},
        {u"fanfare"_s,
         [=] {
             ProcessRun run(workers);
             run.warmUp(warmTasks);
             return thousandsASecond(count, run.secondsForNothing(count));
         }},
        {u"bare_qprocess_64"_s,
         [=] { return thousandsASecond(count, secondsOnQProcesses(count, 64)); }},
        {u"bare_pipe_64"_s,
         [=] {
             auto bare = bareWorkers(64, 0, 64);
             return thousandsASecond(count, secondsOnBareWorkers(bare, count, 64));
         }},
    };
    return family;
}

static std::vector<double> echoes(quint64 count, qsizetype size, double seconds)
{
    return {double(count) / seconds, 2 * double(size) * double(count) / seconds / (1024 * 1024)};
}

static Family payloadFamily(const QString &name, qsizetype size, quint64 count, int window)
{
    Family family;
    family.name = u"payload_"_s + name;
    family.title =
        u"Payloads of %1 there and back, 2 workers, %2 in flight at each"_s.arg(name).arg(window);
    family.columns = {u"tasks/s"_s, u"MiB/s both ways"_s};
    family.cases = {
        {u"bare_pipe_1m"_s,
         [=] {
             auto bare = bareWorkers(size, megabytePipe, window);
             return echoes(count, size, secondsOnBareWorkers(bare, count, window));
         }},
        {u"fanfare"_s,
         [=] {
             ProcessRun run(workers);
             (void)run.secondsForEcho(quint64(2 * window), size, workers * window);
             return echoes(count, size, run.secondsForEcho(count, size, workers * window));
         }},
        {u"concurrent_futures"_s,
         [=] {
             const quint64 few = std::max<quint64>(count / 10, 20);
             return echoes(few, size,
                           runPython({u"futures"_s, u"echo"_s, QString::number(few),
                                      QString::number(size), QString::number(workers * window)})
                               .front());
         }},
    };
    return family;
}

static std::vector<double> middleAndTail(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

static Family tripFamily(const BenchSettings &settings)
{
    const quint64 count = settings.scaled(5'000);
    const QString number = QString::number(count);
    Family family;
    family.name = u"round_trip"_s;
    family.title = u"One task on an idle pool, from the call until its end is known"_s;
    family.columns = {u"p50 us"_s, u"p99 us"_s};
    family.cases = {
        {u"bare_qprocess"_s, [=] { return middleAndTail(tripsThroughQProcess(count)); }},
        {u"bare_pipe"_s, [=] { return middleAndTail(tripsThroughPipes(count)); }},
        {u"fanfare"_s,
         [=] {
             ProcessRun run(workers);
             run.warmUp(warmTasks);
             return middleAndTail(run.roundTrips(count));
         }},
        {u"concurrent_futures"_s,
         [=] {
             return middleAndTail(runPython({u"futures"_s, u"trips"_s, number}));
         }},
        {u"multiprocessing_pool"_s,
         [=] {
             return middleAndTail(runPython({u"pool"_s, u"trips"_s, number}));
         }},
    };
    return family;
}

static double millisecondsOf(const std::function<void()> &work)
{
    const qint64 begin = MonotonicClock::now();
    work();
    return double(MonotonicClock::now() - begin) / 1e6;
}

static Family startFamily()
{
    Family family;
    family.name = u"start"_s;
    family.title = u"From making a pool until its first task has ended"_s;
    family.columns = {u"ms"_s};
    family.cases = {
        {u"bare_pipe"_s,
         [] { return std::vector{millisecondsOf([] { (void)tripsThroughPipes(1); })}; }},
        {u"fanfare"_s,
         [] {
             std::unique_ptr<ProcessRun> run;
             return std::vector{millisecondsOf([&] {
                 run = std::make_unique<ProcessRun>(workers);
                 (void)run->roundTrips(1);
             })};
         }},
        {u"concurrent_futures"_s,
         [] {
             return std::vector{runPython({u"futures"_s, u"start"_s, u"1"_s}).front() * 1000};
         }},
        {u"multiprocessing_pool"_s,
         [] {
             return std::vector{runPython({u"pool"_s, u"start"_s, u"1"_s}).front() * 1000};
         }},
    };
    return family;
}

static Family memoryFamily()
{
    Family family;
    family.name = u"memory"_s;
    family.title = u"Memory of an idle worker that has run a task"_s;
    family.columns = {u"resident MiB"_s, u"proportional MiB"_s};
    family.cases = {
        {u"multiprocessing_pool"_s,
         [] {
             return runPython({u"pool"_s, u"memory"_s, u"1"_s});
         }},
        {u"fanfare"_s,
         [] {
             ProcessRun run(workers);
             run.warmUp(warmTasks);
             return memoryOfChildren();
         }},
    };
    return family;
}

static Family repairFamily(const BenchSettings &settings)
{
    const quint64 tasks = settings.scaled(5'000);
    Family family;
    family.name = u"repair"_s;
    family.title = u"4 workers, one of which is killed every 20 ms: how soon its death is known, "
                   "and a new one is there"_s;
    family.columns = {u"known p50 ms"_s, u"known p99 ms"_s, u"ready p50 ms"_s, u"ready p99 ms"_s};
    family.cases = {{u"fanfare"_s, [=] { return repairTimes(tasks); }}};
    return family;
}

std::vector<Family> processFamilies(const BenchSettings &settings)
{
    return {taskFamily(settings),
            payloadFamily(u"64 B"_s, 64, settings.scaled(200'000), 64),
            payloadFamily(u"64 KiB"_s, 64 * 1024, settings.scaled(10'000), 16),
            payloadFamily(u"1 MiB"_s, 1024 * 1024, settings.scaled(500), 4),
            tripFamily(settings),
            startFamily(),
            memoryFamily(),
            repairFamily(settings)};
}

} // namespace Fanfare::Bench
