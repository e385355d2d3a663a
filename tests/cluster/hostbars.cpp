// SPDX-License-Identifier: MIT
// Bars about what dies on a host.
#include "bar.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <csignal>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A process that runs a handler is killed: its task crashed, its host lives.
BarResult runWorkerKilled(ClusterGround &ground)
{
    BarResult result;
    auto rig = ground.app();
    auto agent = ground.agent(u"a"_s);
    rig->on(u"processId"_s);
    rig->on(u"nap"_s);
    const Emission who = rig->emitOne(u"processId"_s);
    result.expect(who.waitForFinished(30s), u"The host runs nothing."_s);
    const Emission victim = rig->emitOne(u"nap"_s, {60'000});
    result.expect(runTasks(*rig, 1), u"The task does not run."_s);

    const qint64 killed = MonotonicClock::now();
    ::kill(pid_t(who.tasks().front().result.toInteger()), SIGKILL);
    result.expect(victim.waitForFinished(30s), u"The crash is not told."_s);
    result.figures[u"knownAfterMs"_s] = millisecondsSince(killed);
    const Emission after = rig->emitOne(u"processId"_s);
    result.expect(after.waitForFinished(30s), u"The host runs nothing any more."_s);

    result.expect(victim.tasks().front().outcome == Outcome::Crashed, u"It did not crash."_s);
    result.expect(agent->isRunning(), u"The host died as well."_s);
    result.expect(rig->executor->clusterCounters().redelivered == 0, u"It ran twice."_s);
    return result;
}

static bool knowsHost(const ClusterRig &rig, const QString &name)
{
    return comesTrue([&] {
        const auto hosts = rig.executor->hosts();
        return std::any_of(hosts.begin(), hosts.end(),
                           [&](const ClusterHostFact &host) { return host.label == name; });
    });
}

/// Milliseconds from the death of \a running, the only host, which has an idempotent task, until
/// the start of that task on a new one, which takes its place.
static double redelivery(ClusterGround &ground, ClusterRig &rig, ClusterGround::Agent &running,
                         const QString &next, BarResult &result)
{
    constexpr int napTime = 1500; // ms, in which the other host gets ready
    (void)rig.recorder.drain();
    const Emission emission = rig.emitOne(u"nap"_s, {napTime});
    result.expect(runTasks(rig, 1), u"The task does not run."_s);
    auto other = ground.agent(next);
    result.expect(knowsHost(rig, next), u"The other host is not known."_s);
    result.expect(!emission.isFinished(), u"The task ended before its host was killed."_s);

    const qint64 killed = MonotonicClock::now();
    running->kill();
    result.expect(emission.waitForFinished(60s), u"The task of a killed host does not end."_s);
    result.expect(emission.tasks().front().outcome == Outcome::Succeeded,
                  u"It did not succeed elsewhere."_s);
    running = std::move(other);
    const std::vector<SpanRecord> spans = rig.recorder.drain().spans;
    result.expect(!spans.empty(), u"No span tells of it."_s);
    return spans.empty() ? 0 : double(spans.back().started - killed) / 1e6;
}

BarResult runAgentKilled(ClusterGround &ground)
{
    constexpr int trials = 20;
    constexpr double bar = 50; // ms
    BarResult result;
    auto rig = ground.app();
    rig->on(u"nap"_s, true);
    auto running = ground.agent(u"host 0"_s);
    result.expect(knowsHost(*rig, u"host 0"_s), u"The host is not known."_s);
    std::vector<double> times;
    for (int i = 1; i <= trials && result.problem.isEmpty(); ++i)
        times.push_back(redelivery(ground, *rig, running, u"host %1"_s.arg(i), result));
    std::sort(times.begin(), times.end());
    const double middle = times[times.size() / 2];
    result.figures = {{u"trials"_s, int(times.size())},
                      {u"p50Ms"_s, middle},
                      {u"worstMs"_s, times.back()},
                      {u"redelivered"_s, qint64(rig->executor->clusterCounters().redelivered)},
                      {u"callbacks"_s, rig->callbacks().size()}};
    result.expect(rig->callbacks().size() == trials, u"Not one callback for each task."_s);
    result.expect(rig->executor->clusterCounters().redelivered == trials,
                  u"Not every task moved to another host."_s);
    result.expect(middle <= bar, u"Half of the tasks start elsewhere later than 50 ms."_s);
    return result;
}

/// A task that must not start twice ends with its host.
BarResult runAgentKilledOnce(ClusterGround &ground)
{
    BarResult result;
    auto rig = ground.app();
    auto first = ground.agent(u"first"_s);
    rig->on(u"nap"_s);
    const Emission emission = rig->emitOne(u"nap"_s, {60'000});
    result.expect(runTasks(*rig, 1), u"The task does not run."_s);
    auto second = ground.agent(u"second"_s);

    const qint64 killed = MonotonicClock::now();
    first->kill();
    result.expect(emission.waitForFinished(60s), u"The task does not end."_s);

    const TaskStatus status = emission.tasks().front();
    result.figures = {{u"knownAfterMs"_s, millisecondsSince(killed)},
                      {u"reason"_s, status.reason},
                      {u"callbacks"_s, rig->callbacks().size()}};
    result.expect(status.outcome == Outcome::Crashed && status.reason == u"host-lost",
                  u"It did not end as Crashed with its host."_s);
    result.expect(rig->callbacks().size() == 1, u"Not one callback."_s);
    return result;
}

/// A host that hangs loses its tasks; what it says when it goes on is dropped.
BarResult runAgentStopped(ClusterGround &ground)
{
    BarResult result;
    auto rig = ground.app();
    auto first = ground.agent(u"first"_s);
    rig->on(u"nap"_s, true);
    const Emission emission = rig->emitOne(u"nap"_s, {500});
    result.expect(runTasks(*rig, 1), u"The task does not run."_s);
    auto second = ground.agent(u"second"_s);
    result.expect(knowsHosts(*rig, 2), u"The other host is not known."_s);

    const qsizetype connections = first->said().count("Connected to");
    const qint64 stopped = MonotonicClock::now();
    first->signal(SIGSTOP);
    result.expect(emission.waitForFinished(60s), u"The task of a host that hangs does not end."_s);
    result.figures[u"elsewhereAfterSeconds"_s] = millisecondsSince(stopped) / 1000;
    result.expect(emission.tasks().front().outcome == Outcome::Succeeded, u"It failed."_s);
    first->signal(SIGCONT);
    const qint64 resumed = MonotonicClock::now();
    result.expect(comesTrue([&] { return first->said().count("Connected to") > connections; }),
                  u"The host does not come back."_s);
    result.figures[u"backAfterSeconds"_s] = millisecondsSince(resumed) / 1000;

    result.expect(rig->callbacks() == QStringList{u"nap Succeeded"_s}, u"Not one callback."_s);
    return result;
}

/// A task whose hosts die is given up after three more tries.
BarResult runPoison(ClusterGround &ground)
{
    BarResult result;
    auto rig = ground.app();
    rig->on(u"nap"_s, true);
    const Emission emission = rig->emitOne(u"nap"_s, {60'000});
    const auto isOver = [&] { return emission.waitForFinished(0ns); };
    int deaths = 0;
    while (!isOver() && deaths < 8 && result.problem.isEmpty()) {
        auto agent = ground.agent(u"host %1"_s.arg(deaths + 1));
        result.expect(comesTrue([&] {
                          return isOver()
                              || (rig->executor->counters().running == 1
                                  && rig->executor->hosts().size() == 1);
                      }),
                      u"The task does not run again."_s);
        if (isOver())
            break;
        agent->kill();
        ++deaths;
        (void)comesTrue([&] { return isOver() || rig->executor->hosts().empty(); }, 10);
    }
    result.expect(isOver(), u"It was never given up."_s);
    result.figures = {{u"hostsThatDied"_s, deaths},
                      {u"reason"_s, emission.tasks().front().reason},
                      {u"callbacks"_s, rig->callbacks().size()}};
    result.expect(isOver() && emission.tasks().front().outcome == Outcome::Quarantined,
                  u"It did not end as Quarantined."_s);
    result.expect(deaths <= 4, u"More than four hosts died."_s);
    return result;
}
