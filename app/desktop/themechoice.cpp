// SPDX-License-Identifier: MIT
#include "themechoice.h"

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
    , m_switches(registry, preferences,
                 {themeKey,
                  u"view.theme"_s,
                  tr("Theme"),
                  {{nameOf(ColorScheme::System), tr("As the desktop")},
                   {nameOf(ColorScheme::Light), tr("Light theme")},
                   {nameOf(ColorScheme::Dark), tr("Dark theme")}}},
                 [](const QString &name) { applyColorScheme(schemeNamed(name)); })
{
    m_switches.setShown(nameOf(shown));
}

} // namespace Fanfare
