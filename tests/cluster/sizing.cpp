// SPDX-License-Identifier: MIT
// clustersizing [HOSTS...]: what an app spends on many hosts, at rest and at work. Broker and hosts
// are played in its process, in real time; the executor is the real one.
#include "crowdtransport.h"

#include <core/cluster/clusterrig.h>

#include <fanfare/base/clock.h>

#include <QCoreApplication>

#include <cstdio>
#include <ctime>
#include <optional>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// ns of processor time that this process has spent.
static qint64 spent()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

/// What part of a core the app spends while every host tells once that it is there, after all of
/// them are known and the first pings to each were answered; nothing when they do not get known.
static std::optional<double> spentAtRest(const ClusterRig &rig, const CrowdTransport &crowd,
                                         int hosts)
{
    const bool areKnown =
        QTest::qWaitFor([&] { return rig.executor->hosts().size() == size_t(hosts); }, 30'000);
    if (!areKnown)
        return {};
    const int round = crowd.rounds() + 1;
    crowd.waitForRound(round);
    const qint64 begin = MonotonicClock::now();
    const qint64 spentBefore = spent();
    crowd.waitForRound(round + 1);
    return double(spent() - spentBefore) / double(MonotonicClock::now() - begin);
}

/// A row of the table: a round at rest, then tasks for some seconds for all workers.
static bool measure(int hosts, std::chrono::milliseconds length)
{
    auto transport =
        std::make_unique<CrowdTransport>(hosts, length, fileHash(ClusterRig::plugin()));
    const CrowdTransport &crowd = *transport;
    ClusterRig rig({}, std::move(transport));
    rig.on(u"nothing"_s);
    const std::optional<double> atRest = spentAtRest(rig, crowd, hosts);
    const double rest = atRest.value_or(0);

    const int workers = hosts * CrowdTransport::workersPerHost;
    const auto rounds = std::max<qint64>(3, 3000 / length.count());
    const quint64 tasks = quint64(workers) * quint64(rounds);
    const qint64 begin = MonotonicClock::now();
    const qint64 workBegin = spent();
    std::vector<Arguments> batch(tasks);
    if (!rig.emitter->emitBatch(Event(u"nothing"_s), std::move(batch)))
        return false;
    const bool isDone = rig.executor->waitUntilIdle(120s);
    const double seconds = double(MonotonicClock::now() - begin) / 1e9;
    const double work = double(spent() - workBegin) / 1e9 - rest * seconds;
    const double busy = double(tasks) * double(length.count()) / 1000 / (seconds * workers);
    std::printf("| %d | %d | %lld ms | %.0f | %.0f %% | %.2f %% | %.0f us |\n", hosts, workers,
                static_cast<long long>(length.count()), double(tasks) / seconds, busy * 100,
                rest * 100, work / double(tasks) * 1e6);
    std::fflush(stdout);
    (void)rig.recorder.drain();
    return atRest && isDone && rig.callbacks().size() == qsizetype(tasks);
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QStringList sizes = QCoreApplication::arguments().mid(1);
    if (sizes.isEmpty())
        sizes = {u"10"_s, u"100"_s, u"250"_s};
    std::puts(
        "| hosts | workers | tasks of | tasks/s | workers busy | app at rest | app per task |");
    std::puts("|---|---|---|---|---|---|---|");
    bool isGood = true;
    for (const QString &size : std::as_const(sizes)) {
        for (const auto length : {1000ms, 400ms, 100ms})
            isGood = measure(std::max(1, size.toInt()), length) && isGood;
    }
    return isGood ? 0 : 1;
}
