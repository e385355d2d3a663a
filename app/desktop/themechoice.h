// SPDX-License-Identifier: MIT
#pragma once

#include "appearance.h"
#include "preferenceswitches.h"

#include <QObject>

class QSettings;

namespace Fanfare {

class ActionRegistry;
class Preferences;

/// The colors the user chose last; System when nothing was chosen.
ColorScheme savedColorScheme(const QSettings &settings);

/// Lets the user choose light, dark or the colors of the desktop, at once and for the next time.
class ThemeChoice final : public QObject
{
    Q_OBJECT

public:
    /// \a shown is what the application looks like already.
    ThemeChoice(ActionRegistry &registry, Preferences &preferences, ColorScheme shown,
                QObject *parent = nullptr);

private:
    PreferenceSwitches m_switches;
};

} // namespace Fanfare
