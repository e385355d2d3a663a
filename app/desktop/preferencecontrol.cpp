// SPDX-License-Identifier: MIT
#include "preferencecontrol.h"

#include "actionregistry.h"
#include "emissioncontrol.h"
#include "enginesettings.h"
#include "preferences/preferencesdialog.h"
#include "runs/retentiondialog.h"
#include "runs/rundesk.h"
#include "session.h"

#include <QAction>

namespace Fanfare {

using namespace Qt::StringLiterals;

PreferenceControl::PreferenceControl(Preferences &preferences, QSettings &settings,
                                     const PreferenceTargets &targets, ActionRegistry &registry,
                                     QWidget &window)
    : QObject(&window)
    , m_preferences(preferences)
    , m_settings(settings)
    , m_targets(targets)
    , m_window(window)
{
    QAction *action = registry.add({.id = u"edit.preferences"_s,
                                    .menu = ActionMenu::Edit,
                                    .text = tr("Preferences…"),
                                    .tip = tr("What the window does, to be searched and changed"),
                                    .keys = {QKeySequence(u"Ctrl+,"_s)},
                                    .startsGroup = true,
                                    .rank = 1});
    connect(action, &QAction::triggered, this, [this] { showDialog(); });
    connect(&preferences, &Preferences::changed, this, &PreferenceControl::apply);
}

void PreferenceControl::showDialog(const QString &search)
{
    auto dialog = new PreferencesDialog(m_preferences, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setSearch(search);
    dialog->open(); // nothing else changes preferences meanwhile
}

QList<PaletteItem> PreferenceControl::paletteItems()
{
    QList<PaletteItem> items;
    for (const Preference &preference : m_preferences.list()) {
        items.append({.id = u"preference:"_s + preference.key,
                      .text = tr("Preference: %1").arg(preference.title),
                      .place = preference.group,
                      .keys = {},
                      .icon = {},
                      .run = [this, key = preference.key] { showDialog(key); }});
    }
    return items;
}

void PreferenceControl::apply(const QString &key)
{
    if (key == "engine/executor"_L1)
        m_targets.emissions.chooseExecutor(savedExecutor(m_settings));
    else if (key == "engine/workers"_L1)
        m_targets.emissions.chooseWorkers(m_preferences.value(key).toInt());
    else if (key == "cluster/broker"_L1)
        m_targets.session.setBroker(savedBroker(m_settings));
    else if (key.startsWith("engine/"_L1))
        m_targets.session.setQueue(savedQueueBound(m_preferences), savedFullPolicy(m_preferences));
    else if (key.startsWith("runs/"_L1))
        m_targets.runs.setRetention(savedRetention(m_settings));
}

} // namespace Fanfare
