// SPDX-License-Identifier: MIT
#include "preferenceswitches.h"

#include "actionregistry.h"
#include "preferences/preferences.h"

#include <QAction>
#include <QActionGroup>

namespace Fanfare {

PreferenceSwitches::PreferenceSwitches(ActionRegistry &registry, Preferences &preferences,
                                       const Menu &menu, Apply apply, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_key(menu.key)
    , m_apply(std::move(apply))
{
    auto group = new QActionGroup(this);
    for (const Choice &choice : menu.choices) {
        QAction *action = registry.add({.id = menu.id + u'.' + choice.value,
                                        .menu = ActionMenu::View,
                                        .text = choice.text,
                                        .tip = {},
                                        .submenu = menu.title,
                                        .isSwitch = true});
        m_actions.insert(choice.value, action);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, value = choice.value] {
            (void)m_preferences.set(m_key, value); // it is one of the choices
            this->apply(); // also when the command line asked for something else than is saved
        });
    }
    connect(&preferences, &Preferences::changed, this, [this](const QString &key) {
        if (key == m_key)
            this->apply();
    });
}

void PreferenceSwitches::setShown(const QString &value)
{
    if (QAction *action = m_actions.value(value))
        action->setChecked(true);
}

void PreferenceSwitches::apply()
{
    const QString value = m_preferences.value(m_key).toString();
    setShown(value);
    m_apply(value);
}

} // namespace Fanfare
