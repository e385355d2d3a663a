// SPDX-License-Identifier: MIT
// Bars about what happens to the broker.
#include "bar.h"

#include <fanfare/base/clock.h>
#include <fanfare/cluster/taskenvelope.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static std::vector<Emission> emitMany(ClusterRig &rig, const QString &event, int count)
{
    std::vector<Emission> emissions;
    for (int i = 0; i < count; ++i)
        emissions.push_back(rig.emitOne(event, {i}));
    return emissions;
}

/// Sends tasks until their queue is 3 s old: RabbitMQ 3.10 writes down only then that there is one,
/// and a younger one that is killed with it comes back without a leader, see
/// core/cluster/three-nodes.md. Returns how many.
static int workUntilKept(ClusterRig &rig, BarResult &result)
{
    int count = 0;
    for (const qint64 start = MonotonicClock::now(); millisecondsSince(start) < 3000;
         count += 100) {
        emitMany(rig, u"echo"_s, 100);
        result.expect(rig.executor->waitUntilIdle(60s), u"The first tasks do not end."_s);
    }
    result.expect(comesTrue([&] { return rig.callbacks().size() >= count; }),
                  u"The first callbacks are missing."_s);
    return count;
}

BarResult runBrokerKilled(ClusterGround &ground)
{
    constexpr int tasks = 2000;
    BarResult result;
    auto rig = ground.app();
    auto agent = ground.agent(u"a"_s, 2);
    rig->on(u"echo"_s);
    rig->on(u"processId"_s, true);
    result.expect(knowsHosts(*rig, 1), u"The host is not known."_s);
    const int before = workUntilKept(*rig, result);
    auto emissions = emitMany(*rig, u"echo"_s, tasks / 2);
    for (const Emission &more : emitMany(*rig, u"processId"_s, tasks / 2))
        emissions.push_back(more);
    result.expect(
        comesTrue([&] { return rig->executor->counters().ended >= quint64(before) + 200; }),
        u"Nothing ends."_s);

    const qint64 killed = MonotonicClock::now();
    ground.broker().kill();
    result.expect(ground.broker().start(), ground.broker().problem());
    const double away = millisecondsSince(killed) / 1000;
    result.expect(rig->executor->waitUntilIdle(60s), u"Not all tasks end."_s);
    result.expect(comesTrue([&] { return rig->callbacks().size() >= before + tasks; }),
                  u"Callbacks are missing."_s);
    result.figures = accountOf(*rig, emissions);
    result.figures[u"brokerAwaySeconds"_s] = away;
    const double ended = millisecondsSince(killed) / 1000;
    result.figures[u"allEndedAfterSeconds"_s] = ended;

    // It is tried again every 5 s at the latest, some 20 % later by chance; then there is work.
    result.expect(ended - away <= 15, u"Not all had ended 15 s after the broker was back."_s);
    // What a host had not settled runs again, and what neither side had confirmed is told again.
    const auto duplicates = rig->executor->clusterCounters().duplicates;
    result.expect(duplicates <= tasks, u"More was told again than there are tasks."_s);
    result.expect(rig->callbacks().size() == before + tasks, u"Not one callback for each task."_s);
    result.expect(endedAs(emissions, Outcome::Succeeded) == tasks, u"Not all tasks succeeded."_s);
    return result;
}

/// Tasks wait while the broker takes nothing, and go on when it does again.
static BarResult runLimit(ClusterGround &ground, const QStringList &limit, const QStringList &usual)
{
    constexpr int tasks = 50;
    BarResult result;
    auto rig = ground.app();
    auto agent = ground.agent(u"a"_s);
    rig->on(u"echo"_s);
    result.expect(knowsHosts(*rig, 1), u"The host is not known."_s);
    result.expect(ground.broker().control(limit), ground.broker().problem());

    const auto emissions = emitMany(*rig, u"echo"_s, tasks);
    const bool isTold = comesTrue([&] { return rig->executor->status().isBlocked; }, 5);
    const int endedMeanwhile = endedAs(emissions, Outcome::Succeeded);
    const qint64 lifted = MonotonicClock::now();
    result.expect(ground.broker().control(usual), ground.broker().problem());
    result.expect(rig->executor->waitUntilIdle(60s), u"Not all tasks end."_s);

    result.figures = accountOf(*rig, emissions);
    result.figures[u"isTold"_s] = isTold; // a hint only: brokers do not always say so
    result.figures[u"endedMeanwhile"_s] = endedMeanwhile;
    result.figures[u"allEndedAfterSeconds"_s] = millisecondsSince(lifted) / 1000;
    result.expect(endedMeanwhile < tasks, u"The limit did not hold anything up."_s);
    result.expect(endedAs(emissions, Outcome::Succeeded) == tasks, u"Tasks were lost."_s);
    return result;
}

BarResult runMemoryLimit(ClusterGround &ground)
{
    return runLimit(ground, {u"set_vm_memory_high_watermark"_s, u"absolute"_s, u"1MB"_s},
                    {u"set_vm_memory_high_watermark"_s, u"absolute"_s, u"1GB"_s});
}

BarResult runDiskLimit(ClusterGround &ground)
{
    return runLimit(ground, {u"set_disk_free_limit"_s, u"900000GB"_s},
                    {u"set_disk_free_limit"_s, u"50MB"_s});
}

/// What does not fit is refused, and told; what fits is done. A quorum queue tells publishers after
/// it has become too long, so the first of them are let in all at once.
BarResult runQueueFull(ClusterGround &ground)
{
    constexpr int tasks = 300;
    BarResult result;
    auto rig = ground.app();
    rig->on(u"nothing"_s);
    result.expect(ground.broker().control({u"set_policy"_s, u"-p"_s, u"fanfare"_s, u"short"_s,
                                           u"^fanfare\\.v1\\.task\\."_s,
                                           u"{\"max-length\": 50, \"overflow\": "
                                           "\"reject-publish\"}"_s,
                                           u"--apply-to"_s, u"queues"_s}),
                  ground.broker().problem());

    auto emissions = emitMany(*rig, u"nothing"_s, tasks / 3);
    result.expect(comesTrue([&] { return rig->executor->clusterCounters().atBroker > 50; }),
                  u"The queue does not fill."_s);
    for (const Emission &more : emitMany(*rig, u"nothing"_s, tasks - tasks / 3))
        emissions.push_back(more);
    const auto refused = [&] { return endedAs(emissions, Outcome::Rejected); };
    result.expect(comesTrue([&] { return refused() > 0; }), u"Nothing was refused."_s);
    auto agent = ground.agent(u"a"_s);
    result.expect(rig->executor->waitUntilIdle(60s), u"Not all tasks end."_s);
    result.expect(ground.broker().control({u"clear_policy"_s, u"-p"_s, u"fanfare"_s, u"short"_s}),
                  ground.broker().problem());

    result.figures = accountOf(*rig, emissions);
    result.figures[u"refused"_s] = refused();
    for (const Emission &emission : emissions) {
        const TaskStatus status = emission.tasks().front();
        if (status.outcome == Outcome::Rejected)
            result.figures[u"reason"_s] = status.reason;
    }
    result.expect(result.figures[u"reason"_s].toString() == u"broker-full",
                  u"The reason is not broker-full."_s);
    result.expect(refused() + endedAs(emissions, Outcome::Succeeded) == tasks,
                  u"The account is not exact."_s);
    return result;
}

/// Somebody deletes the queue of a plugin in the middle of it, as if it was of no use.
BarResult runQueueDeleted(ClusterGround &ground)
{
    constexpr int tasks = 40;
    BarResult result;
    auto rig = ground.app();
    auto agent = ground.agent(u"a"_s);
    rig->on(u"nap"_s);
    rig->on(u"echo"_s, true);
    result.expect(knowsHosts(*rig, 1), u"The host is not known."_s);
    std::vector<Emission> emissions;
    for (int i = 0; i < tasks; ++i)
        emissions.push_back(rig->emitOne(i % 2 ? u"echo"_s : u"nap"_s, {200}));
    result.expect(comesTrue([&] { return rig->executor->counters().ended >= 3; }),
                  u"Nothing ends."_s);

    const QString queue =
        taskQueueName(u"org.fanfare.test.paces"_s, fileHash(ClusterRig::plugin()));
    const qint64 deleted = MonotonicClock::now();
    result.expect(ground.broker().control({u"delete_queue"_s, u"-p"_s, u"fanfare"_s, queue}),
                  ground.broker().problem());
    const int endedBefore = endedAs(emissions, Outcome::Succeeded);
    result.expect(rig->executor->waitUntilIdle(60s), u"Not all tasks end."_s);

    result.figures = accountOf(*rig, emissions);
    result.figures[u"endedBefore"_s] = endedBefore;
    result.figures[u"published"_s] = qint64(rig->executor->clusterCounters().published);
    result.figures[u"allEndedAfterSeconds"_s] = millisecondsSince(deleted) / 1000;
    result.expect(endedBefore < tasks, u"There was nothing in the queue any more."_s);
    result.expect(endedAs(emissions, Outcome::Succeeded) == tasks, u"Tasks were lost."_s);
    result.expect(comesTrue([&] { return rig->callbacks().size() == tasks; }),
                  u"Not one callback for each task."_s);
    return result;
}

static QStringList consumerTimeout(int milliseconds)
{
    return {u"eval"_s, u"application:set_env(rabbit, consumer_timeout, %1)."_s.arg(milliseconds)};
}

/// An idempotent task is settled at its end. A broker that does not wait for that, which it looks
/// at once a minute, takes it back and closes the channel of its host; the host goes on with it.
BarResult runConsumerTimeout(ClusterGround &ground)
{
    BarResult result;
    result.expect(ground.broker().control(consumerTimeout(10'000)), ground.broker().problem());
    auto rig = ground.app();
    auto agent = ground.agent(u"a"_s);
    rig->on(u"nap"_s, true);
    const Emission emission = rig->emitOne(u"nap"_s, {100'000});
    result.expect(runTasks(*rig, 1), u"The task does not run."_s);
    const bool isClosed = agent->waitFor("was lost; it is tried again", 90'000);
    result.expect(emission.waitForFinished(60s), u"The task does not end."_s);
    result.expect(ground.broker().control(consumerTimeout(1'800'000)), ground.broker().problem());

    const TaskStatus status = emission.tasks().front();
    result.figures = accountOf(*rig, {emission});
    result.figures[u"isClosed"_s] = isClosed;
    result.expect(isClosed, u"The broker did not take it back."_s);
    result.expect(status.outcome == Outcome::Succeeded, u"It did not succeed."_s);
    result.expect(comesTrue([&] { return rig->callbacks().size() == 1; }), u"Not one callback."_s);
    return result;
}
