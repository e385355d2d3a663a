// SPDX-License-Identifier: MIT
// Bars about the way to the broker. Hosts are processes of this machine, and links go through
// proxies on loopback: what one of them cuts, neither end is told.
#include "bar.h"

#include <fanfare/base/clock.h>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static std::vector<Emission> emitMany(ClusterRig &rig, const QString &event, int count,
                                      const QCborArray &arguments = {})
{
    std::vector<Emission> emissions;
    for (int i = 0; i < count; ++i)
        emissions.push_back(rig.emitOne(event, arguments));
    return emissions;
}

BarResult runLinkCut(ClusterGround &ground)
{
    constexpr int tasks = 200;
    BarResult result;
    TcpProxy link(ground.broker().port());
    auto rig = ground.app();
    rig->on(u"nap"_s, true);
    auto far = ground.agent(u"far"_s, 2, link.port());
    auto near = ground.agent(u"near"_s, 2);
    result.expect(knowsHosts(*rig, 2), u"The hosts are not known."_s);
    const auto emissions = emitMany(*rig, u"nap"_s, tasks, {50});
    result.expect(comesTrue([&] { return rig->executor->counters().ended >= 20; }),
                  u"Nothing ends."_s);

    const qint64 begin = MonotonicClock::now();
    link.cut();
    (void)comesTrue([&] { return millisecondsSince(begin) > 10'000; }, 12);
    link.restore();
    result.expect(rig->executor->waitUntilIdle(60s), u"Not all tasks end."_s);
    result.figures = accountOf(*rig, emissions);
    result.figures[u"by"_s] = u"proxy"_s;
    result.figures[u"allEndedAfterSeconds"_s] = millisecondsSince(begin) / 1000;
    result.expect(knowsHosts(*rig, 2), u"The host does not come back."_s);

    result.expect(endedAs(emissions, Outcome::Succeeded) == tasks, u"Tasks were lost."_s);
    result.expect(comesTrue([&] { return rig->callbacks().size() >= tasks; })
                      && rig->callbacks().size() == tasks,
                  u"Not one callback for each task."_s);
    return result;
}

/// The app's own link: what it was asked for meanwhile is done afterwards.
BarResult runAppLinkCut(ClusterGround &ground)
{
    constexpr int tasks = 200;
    BarResult result;
    TcpProxy link(ground.broker().port());
    auto rig = ground.app({}, link.port());
    rig->on(u"nap"_s, true);
    auto agent = ground.agent(u"a"_s, 2);
    result.expect(knowsHosts(*rig, 1), u"The host is not known."_s);
    auto emissions = emitMany(*rig, u"nap"_s, tasks / 2, {5});

    const qint64 begin = MonotonicClock::now();
    link.reset();
    link.cut();
    for (const Emission &more : emitMany(*rig, u"nap"_s, tasks / 2, {5}))
        emissions.push_back(more);
    (void)comesTrue([&] { return millisecondsSince(begin) > 3000; }, 5);
    link.restore();
    result.expect(rig->executor->waitUntilIdle(60s), u"Not all tasks end."_s);
    result.figures = accountOf(*rig, emissions);
    result.figures[u"allEndedAfterSeconds"_s] = millisecondsSince(begin) / 1000;

    result.expect(endedAs(emissions, Outcome::Succeeded) == tasks, u"Tasks were lost."_s);
    result.expect(comesTrue([&] { return rig->callbacks().size() >= tasks; })
                      && rig->callbacks().size() == tasks,
                  u"Not one callback for each task."_s);
    return result;
}

/// What waits for the word of an app that says nothing takes the place of others for half a minute.
/// The app hears of it when it is back.
BarResult runAppAway(ClusterGround &ground)
{
    constexpr int tasks = 5;
    BarResult result;
    TcpProxy link(ground.broker().port());
    auto agent = ground.agent(u"a"_s);
    auto away = ground.app({}, link.port());
    auto near = ground.app();
    away->on(u"nap"_s);
    near->on(u"echo"_s);
    result.expect(knowsHosts(*away, 1), u"The host is not known."_s);
    const auto emissions = emitMany(*away, u"nap"_s, tasks, {500});
    result.expect(runTasks(*away, 1), u"Nothing runs."_s);

    const qint64 begin = MonotonicClock::now();
    link.cut();
    const Emission other = near->emitOne(u"echo"_s, {1});
    result.expect(other.waitForFinished(60s), u"The task of another app waits for ever."_s);
    result.figures[u"otherEndedAfterSeconds"_s] = millisecondsSince(begin) / 1000;
    const bool wasFinished = endedAs(emissions, Outcome::Succeeded) == tasks;
    link.restore();
    result.expect(away->executor->waitUntilIdle(60s), u"Not all tasks end."_s);

    const QJsonObject account = accountOf(*away, emissions);
    for (auto at = account.begin(); at != account.end(); ++at)
        result.figures[at.key()] = at.value();
    result.figures[u"published"_s] = qint64(away->executor->clusterCounters().published);
    result.expect(!wasFinished, u"The link was not cut."_s);
    result.expect(endedAs(emissions, Outcome::Succeeded) == tasks, u"Tasks were lost."_s);
    result.expect(comesTrue([&] { return away->callbacks().size() == tasks; }),
                  u"Not one callback for each task."_s);
    return result;
}

/// How far the clock of a host behind \a quality is off after two seconds, and how far it says it
/// may be. The latter has to become \a wanted at most, if that is not 0. In milliseconds.
static void measureClock(ClusterGround &ground, const QString &name, const LinkQuality &quality,
                         double wanted, BarResult &result)
{
    TcpProxy link(ground.broker().port());
    link.setQuality(quality);
    auto rig = ground.app();
    auto agent = ground.agent(u"a"_s, 1, link.port());
    const auto isKnown = [&] {
        const auto hosts = rig->executor->hosts();
        return hosts.size() == 1 && hosts.front().clockError.has_value();
    };
    result.expect(comesTrue(isKnown), u"The clock is not asked."_s);
    const qint64 begin = MonotonicClock::now();
    double off = 0;
    double worst = 0;
    double shown = 0;
    const bool isGood = comesTrue([&] {
        if (isKnown()) {
            const ClusterHostFact host = rig->executor->hosts().front();
            off = double(std::abs(*host.clockOffset)) / 1e6; // one kernel: 0 is the truth
            worst = std::max(worst, off);
            shown = double(*host.clockError) / 1e6;
            result.expect(off <= shown, u"%1: further off than it says."_s.arg(name));
        }
        const bool isOver = millisecondsSince(begin) > 2000 && (wanted == 0 || shown <= wanted);
        return isOver || !result.problem.isEmpty();
    });
    result.expect(isGood, u"%1: the clock is not known well enough."_s.arg(name));
    result.figures[name] = QJsonObject{{u"errorMs"_s, off},
                                       {u"worstErrorMs"_s, worst},
                                       {u"shownMs"_s, shown},
                                       {u"seconds"_s, millisecondsSince(begin) / 1000}};
}

BarResult runClocks(ClusterGround &ground)
{
    BarResult result;
    measureClock(ground, u"loopback"_s, {}, 0.3, result);
    measureClock(ground, u"2 ms"_s, {2ms, 2ms, 0ms}, 0, result);
    measureClock(ground, u"2 ms, jitter 3 ms"_s, {2ms, 2ms, 3ms}, 0, result);
    measureClock(ground, u"6 ms there, 1 ms back"_s, {6ms, 1ms, 0ms}, 0, result);
    return result;
}
