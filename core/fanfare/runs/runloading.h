// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/runreader.h>
#include <fanfare/runs/runsamples.h>

namespace Fanfare {

/// What reading a run for a comparison brings.
struct LoadedRun
{
    RunSamples samples;
    QStringList damages; ///< a sentence for each file that ends early
};

/// Reads the run files \a paths, rounds of the same configuration, and folds them into samples.
/// Tasks of the warm-up that their scenario asks for are left out. Errors: those of
/// RunReader::open(). [any], blocks: 0.6 s for a million spans (preset dev).
Result<LoadedRun> loadRuns(const QStringList &paths);

} // namespace Fanfare
