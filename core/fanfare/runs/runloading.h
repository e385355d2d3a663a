// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/runreader.h>
#include <fanfare/runs/runsamples.h>

#include <functional>
#include <stop_token>

namespace Fanfare {

/// What reading a run for a comparison brings.
struct LoadedRun
{
    RunSamples samples;
    QStringList damages; ///< a sentence for each file that ends early
};

/// Reads the run files \a paths, rounds of the same configuration, and folds them into samples.
/// Tasks of the warm-up that their scenario asks for are left out; of a run that goes on, what is
/// in its file now is read. \a progress, unless it is empty, is told the share that was read; a
/// stop request on \a stop ends it early with what it has. Errors: those of RunReader::open().
/// [any], blocks: 0.6 s for a million spans (preset dev).
Result<LoadedRun> loadRuns(const QStringList &paths,
                           const std::function<void(double)> &progress = {},
                           std::stop_token stop = {});

} // namespace Fanfare
