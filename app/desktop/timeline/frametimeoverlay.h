// SPDX-License-Identifier: MIT
#pragma once

#include <QRectF>

class QPainter;

namespace Fanfare {

class FrameTimes;

/// Writes into a corner of \a plot how long painting took: the last frame, 95 of the last 100, the
/// longest of them, in ms. For who works on the timeline or reports that it stutters.
///
/// Threads: [gui].
void drawFrameTimes(QPainter &painter, const FrameTimes &times, const QRectF &plot);

} // namespace Fanfare
