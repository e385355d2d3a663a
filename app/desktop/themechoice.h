// SPDX-License-Identifier: MIT
#pragma once

#include "appearance.h"

#include <QObject>

class QActionGroup;
class QSettings;

namespace Fanfare {

class ActionRegistry;

/// The colors the user chose last; System when nothing was chosen.
ColorScheme savedColorScheme(const QSettings &settings);

/// Lets the user choose light, dark or the colors of the desktop, at once and for the next time.
class ThemeChoice final : public QObject
{
    Q_OBJECT

public:
    /// \a shown is what the application looks like already.
    ThemeChoice(ActionRegistry &registry, QSettings &settings, ColorScheme shown,
                QObject *parent = nullptr);

private:
    void choose(ColorScheme scheme);

    QSettings &m_settings;
    QActionGroup *m_group;
};

} // namespace Fanfare
