// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

class QWidget;

namespace Fanfare {

struct ComparedRuns;

/// Writes the report of \a compared as one self-contained page. Error: Unreadable. [any], blocks.
Result<void> writeReportPage(const ComparedRuns &compared, const QString &path);

/// Writes a picture of \a widget as it looks now: SVG when \a path ends in .svg, else PNG at twice
/// its size. Error: Unreadable. [gui], blocks.
Result<void> writePicture(QWidget &widget, const QString &path);

} // namespace Fanfare
