// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/library/libraryentry.h>
#include <fanfare/runs/runinfo.h>

namespace Fanfare {

/// A run in words, the same wherever the window shows it.
namespace RunText {

QString title(const LibraryEntry &run);  ///< its label or scenario, and when and where it ran
QString title(const RunInfo &info);      ///< its label, or where and when it ran
QString when(const RunInfo &info);       ///< in the user's time zone and way of writing
QString where(const RunInfo &info);      ///< "threads × 4"
QString outcomes(const RunIndex &index); ///< "1,204 tasks, 3 did not succeed"
QString duration(qint64 nanoseconds);    ///< "1.24 s"

} // namespace RunText

} // namespace Fanfare
