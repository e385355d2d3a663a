// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

namespace Fanfare {

struct ComparedRuns;

/// Writes the report of \a compared as one self-contained page. Error: Unreadable. [any], blocks.
Result<void> writeReportPage(const ComparedRuns &compared, const QString &path);

} // namespace Fanfare
