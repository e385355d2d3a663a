// SPDX-License-Identifier: MIT
#include "runpercentiles.h"

#include <fanfare/runs/runloading.h>

#include <QFileInfo>

namespace Fanfare {

static RunPercentiles percentilesOf(const RunSamples &run)
{
    RunPercentiles percentiles;
    for (const HandlerSamples &handler : run.handlers) {
        if (!handler.total.isEmpty()) {
            percentiles[handler.key] = {handler.total.quantile(0.5), handler.total.quantile(0.99)};
        }
    }
    return percentiles;
}

std::map<QString, RunPercentiles> percentilesOf(const QStringList &paths,
                                                const std::function<void(double)> &progress,
                                                const std::stop_token &stop)
{
    std::map<QString, RunPercentiles> all;
    double done = 0;
    for (const QString &path : paths) {
        if (stop.stop_requested())
            break;
        if (QFileInfo(path).size() <= biggestInHistory) {
            if (const Result<LoadedRun> run = loadRuns({path}, {}, stop))
                all[path] = percentilesOf(run->samples);
        }
        progress(++done / double(paths.size()));
    }
    return all;
}

} // namespace Fanfare
