// SPDX-License-Identifier: MIT
#pragma once

#include "appearance.h"

#include <QHash>
#include <QObject>

class QAction;
class QActionGroup;
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
    void offer(ActionRegistry &registry, ColorScheme scheme, const QString &text);
    void apply();

    Preferences &m_preferences;
    QActionGroup *m_group;
    QHash<QString, QAction *> m_actions; ///< by the value of the preference
};

} // namespace Fanfare
