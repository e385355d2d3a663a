// SPDX-License-Identifier: MIT
#include "clustercases.h"

#include "barecluster.h"
#include "benchprogram.h"
#include "clusterrun.h"

#include <support/rabbitbroker.h>

#include <algorithm>
#include <memory>

namespace Fanfare::Bench {

using namespace Qt::StringLiterals;
using Test::RabbitBroker;

static constexpr quint16 prefetch = 64;
static constexpr quint64 window = 500;

/// One broker for all cases, started when the first of them needs it.
class Ground
{
public:
    const RabbitBroker &broker()
    {
        if (!m_broker.isRunning() && !m_broker.start())
            fail(qPrintable(m_broker.problem()));
        return m_broker;
    }

    BareBroker bare() { return {broker().port(), "fanfare", "app", RabbitBroker::password()}; }

private:
    RabbitBroker m_broker;
};

static std::vector<double> rate(quint64 count, double seconds)
{
    return {double(count) / seconds};
}

static std::vector<double> middleAndTail(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

static Family rateFamily(const std::shared_ptr<Ground> &ground, const QString &name, qsizetype size,
                         quint64 count)
{
    Family family;
    family.name = u"tasks_"_s + name;
    family.title = u"Tasks of %1 that send it back, %2 on their way"_s.arg(name).arg(window);
    family.columns = {u"tasks/s"_s};
    for (const int workers : {1, 2, 4}) {
        const QString bare = u"bare_%1"_s.arg(workers);
        family.cases.push_back({bare, [=] {
                                    BareCluster peer(ground->bare(), workers, prefetch);
                                    (void)peer.secondsFor(window, size, window);
                                    return rate(count, peer.secondsFor(count, size, window));
                                }});
        for (const bool isIdempotent : {true, false}) {
            const QString own = isIdempotent ? u"fanfare_%1"_s : u"fanfare_once_%1"_s;
            family.cases.push_back({own.arg(workers),
                                    [=] {
                                        ClusterRun run(ground->broker(), workers, isIdempotent);
                                        return rate(count,
                                                    run.secondsFor(count, size, int(window)));
                                    },
                                    bare});
        }
    }
    return family;
}

static Family tripFamily(const std::shared_ptr<Ground> &ground, const QString &name, qsizetype size,
                         quint64 count)
{
    Family family;
    family.name = u"round_trip_"_s + name;
    family.title = u"One task of %1 on an idle cluster, until its end is known"_s.arg(name);
    family.columns = {u"p50 us"_s, u"p99 us"_s};
    family.cases.push_back({u"bare"_s, [=] {
                                BareCluster bare(ground->bare(), 1, prefetch);
                                (void)bare.roundTrips(20, size);
                                return middleAndTail(bare.roundTrips(count, size));
                            }});
    for (const bool isIdempotent : {true, false}) {
        family.cases.push_back({isIdempotent ? u"fanfare"_s : u"fanfare_once"_s, [=] {
                                    ClusterRun run(ground->broker(), 1, isIdempotent);
                                    return middleAndTail(run.roundTrips(count, size));
                                }});
    }
    return family;
}

std::vector<Family> clusterFamilies(const BenchSettings &settings)
{
    const auto ground = std::make_shared<Ground>();
    return {rateFamily(ground, u"64B"_s, 64, settings.scaled(20'000)),
            rateFamily(ground, u"64KiB"_s, 64 * 1024, settings.scaled(2'000)),
            tripFamily(ground, u"64B"_s, 64, settings.scaled(1'000)),
            tripFamily(ground, u"64KiB"_s, 64 * 1024, settings.scaled(300))};
}

} // namespace Fanfare::Bench
