// SPDX-License-Identifier: MIT
#pragma once

#include "preferenceswitches.h"
#include "timeline/spanpalette.h"

#include <QObject>

namespace Fanfare {

class ActionRegistry;
class Preferences;

/// Lets the user choose the fills of tasks, at once and for the next time.
class PaletteChoice final : public QObject
{
    Q_OBJECT

public:
    PaletteChoice(ActionRegistry &registry, Preferences &preferences, QObject *parent = nullptr);

private:
    PreferenceSwitches m_switches;
};

} // namespace Fanfare
