// SPDX-License-Identifier: MIT
// bench_emit: what emitting costs and what others cost, side by side. Options: see benchprogram.h.
#include "benchprogram.h"
#include "boostsignal.h"
#include "cases.h"
#include "threadpools.h"

using namespace Fanfare::Bench;

static std::vector<Family> allFamilies(const BenchSettings &settings)
{
    std::vector<Family> all;
    for (auto *make : {throughputFamilies, emitterFamilies, spreadFamilies, latencyFamilies,
                       dispatchFamilies, registryFamilies, recordingFamilies}) {
        for (Family &family : make(settings))
            all.push_back(std::move(family));
    }
    return all;
}

static QJsonArray leftOut()
{
    QJsonArray list;
    if (!taskGroup())
        list << QStringLiteral("oneTBB task_group; install libtbb-dev");
    if (!boostSignal())
        list << QStringLiteral("boost.signals2; install libboost-dev");
    return list;
}

int main(int argc, char *argv[])
{
    return runProgram(argc, argv, {&allFamilies, leftOut()});
}
