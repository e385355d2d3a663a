// SPDX-License-Identifier: MIT
#include "fanfare/runs/runloading.h"

#include "fanfare/runs/scenario.h"

namespace Fanfare {

static qint64 warmUpOf(const RunInfo &info)
{
    if (info.scenario.isEmpty())
        return 0;
    const Result<Scenario> scenario = parseScenario(info.scenario, {});
    return scenario ? scenario->warmUp.count() : 0;
}

static void sampleAll(RunReader &reader, RunSampler &sampler)
{
    TraceBatch batch;
    while (reader.read(batch)) {
        sampler.add(batch, reader.names());
        batch = {};
    }
}

Result<LoadedRun> loadRuns(const QStringList &paths)
{
    LoadedRun loaded;
    std::optional<RunSampler> sampler;
    for (const QString &path : paths) {
        Result<RunReader> reader = RunReader::open(path);
        if (!reader)
            return reader.error();
        if (sampler)
            sampler->beginRound(reader->info().begin);
        else
            sampler.emplace(reader->info(), warmUpOf(reader->info()));
        sampleAll(*reader, *sampler);
        if (!reader->damage().isEmpty())
            loaded.damages.append(path + QStringLiteral(": ") + reader->damage());
    }
    if (sampler)
        loaded.samples = sampler->finish();
    return loaded;
}

} // namespace Fanfare
