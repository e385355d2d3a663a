// SPDX-License-Identifier: MIT
#include "screenshot.h"

#include "mainwindow.h"
#include "runs/loadingpage.h"

#include <QApplication>
#include <QTimer>

#include <algorithm>
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

/// How long that takes depends on the machine, not on what was asked for.
static bool isReading(const QWidget &window)
{
    const QList<LoadingPage *> pages = window.findChildren<LoadingPage *>();
    return std::ranges::any_of(pages, [](const LoadingPage *page) {
        return page->isVisible() && page->problem().isEmpty();
    });
}

static void grabOnceRead(MainWindow &window, const QString &path)
{
    if (isReading(window)) {
        QTimer::singleShot(settleTime, &window, [&window, path] { grabOnceRead(window, path); });
        return;
    }
    window.selectExample();
    QTimer::singleShot(settleTime, &window, [&window, path] { grabAndLeave(window, path); });
}

void takeScreenshotAndLeave(MainWindow &window, const QString &path,
                            std::chrono::milliseconds delay)
{
    QTimer::singleShot(delay, &window, [&window, path] { grabOnceRead(window, path); });
}

} // namespace Fanfare
