// SPDX-License-Identifier: MIT
#include "fanfare/runs/runloading.h"

#include "fanfare/runs/runside.h"

namespace Fanfare {

Result<LoadedRun> loadRuns(const QStringList &paths, const std::function<void(double)> &progress,
                           std::stop_token stop)
{
    Result<RunSide> side = RunSide::open(paths);
    if (!side)
        return side.error();
    side->read(progress, std::move(stop));
    return side->finish();
}

} // namespace Fanfare
