// SPDX-License-Identifier: MIT
#include "screenshot.h"

#include <QApplication>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace Fanfare {

void takeScreenshotAndLeave(QWidget &window, const QString &path, std::chrono::milliseconds delay)
{
    QTimer::singleShot(delay, &window, [&window, path] {
        const bool isWritten = window.grab().save(path, "PNG");
        if (!isWritten)
            std::fprintf(stderr, "fanfare: %s cannot be written.\n", qUtf8Printable(path));
        QApplication::exit(isWritten ? 0 : 1);
    });
}

} // namespace Fanfare
