// SPDX-License-Identifier: MIT
#pragma once

#include "timeline/spanpalette.h"

#include <QHash>
#include <QObject>

class QAction;
class QActionGroup;

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
    void offer(ActionRegistry &registry, SpanPalette palette, const QString &text);
    void apply();

    Preferences &m_preferences;
    QActionGroup *m_group;
    QHash<QString, QAction *> m_actions; ///< by the value of the preference
};

} // namespace Fanfare
