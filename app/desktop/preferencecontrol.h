// SPDX-License-Identifier: MIT
#pragma once

#include "palette/paletteitem.h"
#include "preferences/preferences.h"

#include <QObject>

class QWidget;

namespace Fanfare {

class ActionRegistry;
class EmissionControl;
class RunDesk;
class Session;

/// Whose behavior preferences change.
struct PreferenceTargets
{
    Session &session;
    EmissionControl &emissions;
    RunDesk &runs;
};

/// Makes a changed preference hold, and offers the dialog in which it is changed.
///
/// Threads: [gui].
class PreferenceControl final : public QObject
{
    Q_OBJECT

public:
    PreferenceControl(Preferences &preferences, QSettings &settings,
                      const PreferenceTargets &targets, ActionRegistry &registry, QWidget &window);

    void showDialog(const QString &search = {});

    /// For the palette: every preference, to be found in the dialog.
    QList<PaletteItem> paletteItems();

private:
    void apply(const QString &key);

    Preferences &m_preferences;
    QSettings &m_settings;
    const PreferenceTargets m_targets;
    QWidget &m_window;
};

} // namespace Fanfare
