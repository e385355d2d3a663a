// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/runs/runinfo.h>

#include <functional>
#include <stop_token>

namespace Fanfare {

/// What an import made of a trace.
struct ChromeImport
{
    RunIndex index;
    quint64 skipped = 0;       ///< events that are no tasks: counters, flows, instants
    quint64 unended = 0;       ///< tasks that the trace does not end; they end where it does
    quint64 contradicting = 0; ///< tasks whose times could not be and were put right
    qint64 shift = 0;          ///< nanoseconds that were added to all times
    QString damage;            ///< empty, or where the trace ends early, in one sentence

    /// What became of the contradicting ones, in one sentence; empty when there are none.
    QString contradiction() const;
};

/// Makes the run file \a target of the trace \a source in the Chrome Trace Event format: complete
/// events ("X"), pairs of one thread ("B", "E") and of an id ("b", "e") become tasks, threads
/// become lanes, the name of an event its handler. What Fanfare exported comes back as it was, but
/// for its log lines and results. Memory grows with what is open at once and with the number of
/// names, not with the file. To a run 0 is no time: a trace that begins at 0 or before is shifted
/// so that its first task begins at 1 s, and read once more when that task is not the first in the
/// file. A stop request on \a stop ends it early with what it has; \a progress, unless it is empty,
/// is told the share of the file that was read. Errors: Unreadable, InvalidArgument when nothing in
/// it is a task. [any], blocks.
Result<ChromeImport> importChrome(const QString &source, const QString &target,
                                  std::stop_token stop = {},
                                  const std::function<void(double)> &progress = {});

} // namespace Fanfare
