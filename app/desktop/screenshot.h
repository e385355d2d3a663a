// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>

namespace Fanfare {

class MainWindow;

/// Writes a PNG of \a window to \a path after \a delay and once all runs in view are read, with a
/// task selected if there is any, and ends the event loop: with 0, or with 1 and a sentence on
/// stderr when the file cannot be written.
void takeScreenshotAndLeave(MainWindow &window, const QString &path,
                            std::chrono::milliseconds delay);

} // namespace Fanfare
