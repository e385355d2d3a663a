// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <functional>

class QIODevice;

namespace Fanfare {

/// What an export wrote.
struct RunExport
{
    quint64 tasks = 0;
    QString damage; ///< empty, or where the run file ends early, in one sentence
};

/// Writes the run file \a source to \a target as Chrome Trace Event JSON, see ChromeTraceWriter.
/// \a progress, unless it is empty, is told the share that is done. Errors: those of
/// RunReader::open(); Unreadable when it cannot be written. [any], blocks.
Result<RunExport> exportChrome(const QString &source, QIODevice &target,
                               const std::function<void(double)> &progress = {});

/// The same as a table for spreadsheets (RFC 4180): a line of column names, then a line for every
/// task, times in nanoseconds. A text that a spreadsheet would take for a formula begins with '.
Result<RunExport> exportCsv(const QString &source, QIODevice &target,
                            const std::function<void(double)> &progress = {});

} // namespace Fanfare
