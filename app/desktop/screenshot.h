// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>

class QWidget;

namespace Fanfare {

/// Writes a PNG of \a window to \a path after \a delay and ends the event loop: with 0, or with 1
/// and a sentence on stderr when the file cannot be written.
void takeScreenshotAndLeave(QWidget &window, const QString &path, std::chrono::milliseconds delay);

} // namespace Fanfare
