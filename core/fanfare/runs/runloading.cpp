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

static void sampleAll(RunReader &reader, RunSampler &sampler,
                      const std::function<void(double)> &progress, const std::stop_token &stop)
{
    TraceBatch batch;
    while (!stop.stop_requested() && reader.read(batch)) {
        sampler.add(batch, reader.names());
        batch = {};
        if (progress)
            progress(reader.progress());
    }
}

Result<LoadedRun> loadRuns(const QStringList &paths, const std::function<void(double)> &progress,
                           std::stop_token stop)
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
        const auto ofAll = [&, done = double(&path - paths.data())](double share) {
            progress((done + share) / double(paths.size()));
        };
        sampleAll(*reader, *sampler, progress ? ofAll : std::function<void(double)>(), stop);
        if (!reader->damage().isEmpty())
            loaded.damages.append(path + QStringLiteral(": ") + reader->damage());
    }
    if (sampler)
        loaded.samples = sampler->finish();
    return loaded;
}

} // namespace Fanfare
