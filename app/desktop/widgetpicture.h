// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QList>

class QWidget;

namespace Fanfare {

/// Writes a picture of \a widget as it looks now: SVG when \a path ends in .svg, else PNG at twice
/// its size. Error: Unreadable. [gui], blocks.
Result<void> writePicture(QWidget &widget, const QString &path);

/// The same of several, one below the other; \a title is that of an SVG.
Result<void> writePicture(const QList<QWidget *> &widgets, const QString &title,
                          const QString &path);

} // namespace Fanfare
