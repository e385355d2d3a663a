// SPDX-License-Identifier: MIT
#pragma once

class QWidget;

namespace Fanfare {

class Session;

/// Lets the title of \a window say what \a session does: what a task bar tells of it while
/// something else is in front. Threads: [gui].
void showInTitle(Session &session, QWidget &window);

} // namespace Fanfare
