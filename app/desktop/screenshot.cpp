// SPDX-License-Identifier: MIT
#include "screenshot.h"

#include "mainwindow.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

namespace Fanfare {

using namespace std::chrono_literals;

/// What the layouts need to settle after the selection.
static constexpr auto settleTime = 200ms;

static void grabAndLeave(QWidget &window, const QString &path)
{
    const bool isWritten = window.grab().save(path, "PNG");
    if (!isWritten)
        std::fprintf(stderr, "fanfare: %s cannot be written.\n", qUtf8Printable(path));
    QApplication::exit(isWritten ? 0 : 1);
}

void takeScreenshotAndLeave(MainWindow &window, const QString &path,
                            std::chrono::milliseconds delay)
{
    QTimer::singleShot(delay, &window, [&window, path] {
        window.selectExample();
        QTimer::singleShot(settleTime, &window, [&window, path] { grabAndLeave(window, path); });
    });
}

} // namespace Fanfare
