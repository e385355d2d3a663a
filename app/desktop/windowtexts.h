// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QWidget;

namespace Fanfare {

class Session;

/// What a task bar tells of the window while something else is in front.
QString windowTitleOf(const Session &session);

/// Tells version and license in a box above \a window, which does not wait for it.
void showAbout(QWidget &window);

/// Tells likewise how a first handler is written, built and used; its commands can be copied.
void showFirstHandler(QWidget &window);

} // namespace Fanfare
