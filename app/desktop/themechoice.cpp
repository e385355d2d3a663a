// SPDX-License-Identifier: MIT
#include "themechoice.h"

#include "actionregistry.h"
#include "preferences/preferences.h"

#include <QAction>
#include <QActionGroup>
#include <QSettings>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView themeKey("window/theme");

static QString nameOf(ColorScheme scheme)
{
    return scheme == ColorScheme::Dark ? u"dark"_s
        : scheme == ColorScheme::Light ? u"light"_s
                                       : u"system"_s;
}

static ColorScheme schemeNamed(const QString &name)
{
    return name == "dark"_L1 ? ColorScheme::Dark
        : name == "light"_L1 ? ColorScheme::Light
                             : ColorScheme::System;
}

ColorScheme savedColorScheme(const QSettings &settings)
{
    return schemeNamed(settings.value(themeKey).toString());
}

ThemeChoice::ThemeChoice(ActionRegistry &registry, Preferences &preferences, ColorScheme shown,
                         QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_group(new QActionGroup(this))
{
    offer(registry, ColorScheme::System, tr("As the desktop"));
    offer(registry, ColorScheme::Light, tr("Light theme"));
    offer(registry, ColorScheme::Dark, tr("Dark theme"));
    m_actions[nameOf(shown)]->setChecked(true);
    connect(&preferences, &Preferences::changed, this, [this](const QString &key) {
        if (key == themeKey)
            apply();
    });
}

void ThemeChoice::offer(ActionRegistry &registry, ColorScheme scheme, const QString &text)
{
    const QString name = nameOf(scheme);
    QAction *action = registry.add({.id = u"view.theme."_s + name,
                                    .menu = ActionMenu::View,
                                    .text = text,
                                    .tip = {},
                                    .submenu = tr("Theme"),
                                    .isSwitch = true});
    m_actions.insert(name, action);
    m_group->addAction(action);
    connect(action, &QAction::triggered, this, [this, name] {
        (void)m_preferences.set(themeKey, name); // it is one of the choices
        apply(); // also when the command line asked for other colors than are saved
    });
}

void ThemeChoice::apply()
{
    const ColorScheme scheme = schemeNamed(m_preferences.value(themeKey).toString());
    m_actions[nameOf(scheme)]->setChecked(true);
    applyColorScheme(scheme);
}

} // namespace Fanfare
