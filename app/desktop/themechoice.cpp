// SPDX-License-Identifier: MIT
#include "themechoice.h"

#include "actionregistry.h"

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

ColorScheme savedColorScheme(const QSettings &settings)
{
    const QString name = settings.value(themeKey).toString();
    return name == "dark"_L1 ? ColorScheme::Dark
        : name == "light"_L1 ? ColorScheme::Light
                             : ColorScheme::System;
}

ThemeChoice::ThemeChoice(ActionRegistry &registry, QSettings &settings, ColorScheme shown,
                         QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_group(new QActionGroup(this))
{
    const auto offer = [&](ColorScheme scheme, const QString &text) {
        QAction *action = registry.add({.id = u"view.theme."_s + nameOf(scheme),
                                        .menu = ActionMenu::View,
                                        .text = text,
                                        .tip = {},
                                        .submenu = tr("Theme"),
                                        .isSwitch = true});
        action->setChecked(scheme == shown);
        m_group->addAction(action);
        connect(action, &QAction::triggered, this, [this, scheme] { choose(scheme); });
    };
    offer(ColorScheme::System, tr("As the desktop"));
    offer(ColorScheme::Light, tr("Light theme"));
    offer(ColorScheme::Dark, tr("Dark theme"));
}

void ThemeChoice::choose(ColorScheme scheme)
{
    m_settings.setValue(themeKey, nameOf(scheme));
    applyColorScheme(scheme);
}

} // namespace Fanfare
