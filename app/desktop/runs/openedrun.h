// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"
#include "runfeed.h"

#include <fanfare/base/result.h>

#include <memory>
#include <optional>

namespace Fanfare {

/// A run that was read from a file, as the window shows it.
struct OpenedRun
{
    QString path;
    RunInfo info;
    std::optional<RunIndex> index;   ///< nothing when the run goes on, or was not ended in order
    std::unique_ptr<RunModel> model; ///< belongs to the thread that read it
    QString damage; ///< empty, or where the file ends early and what times were put right
    std::shared_ptr<RunFeed> feed; ///< of a run that goes on, for RunFollower; else null
};

/// The share that is done, 0 to 1, or -1 when it is not known.
using ProgressSink = std::function<void(double)>;

/// Reads the run file or Chrome trace at \a path into a model. A trace becomes a run file in a
/// temporary folder first. Errors: those of RunReader::open() and importChrome(); InvalidArgument
/// for a file that is neither. A stop request on \a stop ends it with what was read so far.
/// [any], blocks: 2 s for ten million spans.
Result<OpenedRun> openRun(const QString &path, const ProgressSink &progress, std::stop_token stop);

/// Whether the file at \a path is a run file or a Chrome trace, by its first 4 KiB. [any], blocks.
bool isRunFile(const QString &path);

} // namespace Fanfare
