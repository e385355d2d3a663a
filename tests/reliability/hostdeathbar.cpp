// SPDX-License-Identifier: MIT
// R9: the program that owns a pool is killed at any moment, and no worker survives it.
#include "hostdeathbar.h"
#include "bar.h"
#include "chaospool.h"
#include "chaosrun.h"

#include <fanfare/base/clock.h>

#include <QCoreApplication>
#include <QProcess>

#include <algorithm>
#include <csignal>
#include <random>
#include <thread>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr int workers = 4;
static constexpr double longest = 100; // ms until no worker is left

int runDoomedHost()
{
    ChaosPool pool({.workers = workers});
    for (int i = 0; i < workers; ++i) // each keeps its worker for ever
        (void)pool.emitKind(i % 2 ? u"spin"_s : u"hang"_s);
    std::puts("ready");
    std::fflush(stdout);
    (void)pool.waitUntilIdle(std::chrono::hours(1));
    return 0;
}

/// How long it takes until none of \a processes runs any more, in ms; at most a second.
static double millisecondsUntilEnded(const std::vector<qint64> &processes)
{
    static constexpr qint64 patience = 1'000'000'000; // ns
    const qint64 begin = MonotonicClock::now();
    while (MonotonicClock::now() - begin < patience && std::ranges::any_of(processes, isAlive))
        std::this_thread::yield();
    return double(MonotonicClock::now() - begin) / 1e6;
}

BarResult runHostDeaths(const BarOptions &options)
{
    const quint64 rounds = options.schedules.value_or(200);
    std::mt19937_64 random(options.seed.value_or(1));
    std::vector<double> times;
    quint64 killed = 0;
    for (quint64 i = 0; i < rounds; ++i) {
        QProcess host;
        host.start(QCoreApplication::applicationFilePath(), {u"doomed-host"_s});
        if (!host.waitForReadyRead(10'000))
            return {{}, u"The program that owns the pool does not start."_s};
        // Some workers are about to start then, others run.
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 60'000));
        const std::vector<qint64> processes = childProcesses(host.processId());
        killed += processes.size();
        host.kill();
        times.push_back(millisecondsUntilEnded(processes));
        host.waitForFinished();
    }
    std::ranges::sort(times);
    BarResult bar{{{u"rounds"_s, qint64(rounds)},
                   {u"workers"_s, qint64(killed)},
                   {u"gone50"_s, percentile(times, 0.5)},
                   {u"gone99"_s, percentile(times, 0.99)},
                   {u"latest"_s, times.empty() ? 0 : times.back()}},
                  {}};
    if (times.empty() || times.back() > longest)
        bar.problem = u"A worker outlived the program that started it by more than 100 ms."_s;
    return bar;
}
