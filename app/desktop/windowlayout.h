// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

class QMainWindow;
class QSettings;

namespace Fanfare {

/// Remembers where the panes of a window are. A layout of another version is ignored, because
/// docks may have come and gone since.
class WindowLayout final
{
public:
    /// Takes what \a window looks like now as the layout that reset() goes back to.
    WindowLayout(QMainWindow &window, QSettings &settings);

    void restore();
    void save();
    void reset();

private:
    static constexpr int version = 2;

    QMainWindow &m_window;
    QSettings &m_settings;
    QByteArray m_original;
};

} // namespace Fanfare
