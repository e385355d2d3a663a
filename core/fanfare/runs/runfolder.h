// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/runs/runinfo.h>

#include <optional>
#include <vector>

namespace Fanfare {

/// A run file, as a list shows it.
struct RunListing
{
    QString path;
    RunInfo info;
    std::optional<RunIndex> index; ///< nothing when the run goes on, or was not ended in order
};

struct RunList
{
    std::vector<RunListing> runs; ///< the newest first
    QStringList problems;         ///< a sentence for each file that is no run
};

/// The runs in \a folder; none when it does not exist. Reads two blocks of each file. [any],
/// blocks.
RunList runsIn(const QString &folder);

/// The run file that \a name means: a path, or the beginning of the id of one run in \a folder.
/// Errors: NotFound when there is none; InvalidArgument when there are several. [any], blocks.
Result<QString> findRun(const QString &name, const QString &folder);

/// One line of JSON: id, label, executor, workers, begin, ended, goesOn, tags where there are some,
/// tasks, wallNs, path. [any], blocks for a look at a run that has not ended.
QByteArray jsonOf(const RunListing &listing);

} // namespace Fanfare
