// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

class QWidget;

namespace Fanfare {

/// Writes a picture of \a widget as it looks now: SVG when \a path ends in .svg, else PNG at twice
/// its size. Error: Unreadable. [gui], blocks.
Result<void> writePicture(QWidget &widget, const QString &path);

} // namespace Fanfare
