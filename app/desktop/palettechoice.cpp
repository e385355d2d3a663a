// SPDX-License-Identifier: MIT
#include "palettechoice.h"

#include "actionregistry.h"
#include "preferences/preferences.h"

#include <QAction>
#include <QActionGroup>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView paletteKey("timeline/palette");

static QString nameOf(SpanPalette palette)
{
    return palette == SpanPalette::Accent ? u"accent"_s
        : palette == SpanPalette::Gray    ? u"gray"_s
                                          : u"okabe-ito"_s;
}

static SpanPalette paletteNamed(const QString &name)
{
    return name == "accent"_L1 ? SpanPalette::Accent
        : name == "gray"_L1    ? SpanPalette::Gray
                               : SpanPalette::OkabeIto;
}

PaletteChoice::PaletteChoice(ActionRegistry &registry, Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_preferences(preferences)
    , m_group(new QActionGroup(this))
{
    offer(registry, SpanPalette::OkabeIto, tr("Hues that everybody can tell apart"));
    offer(registry, SpanPalette::Accent, tr("Tints of the accent color"));
    offer(registry, SpanPalette::Gray, tr("Grays and patterns"));
    apply();
    connect(&preferences, &Preferences::changed, this, [this](const QString &key) {
        if (key == paletteKey)
            apply();
    });
}

void PaletteChoice::offer(ActionRegistry &registry, SpanPalette palette, const QString &text)
{
    const QString name = nameOf(palette);
    QAction *action = registry.add({.id = u"view.palette."_s + name,
                                    .menu = ActionMenu::View,
                                    .text = text,
                                    .tip = {},
                                    .submenu = tr("Colors of tasks"),
                                    .isSwitch = true});
    m_actions.insert(name, action);
    m_group->addAction(action);
    connect(action, &QAction::triggered, this, [this, name] {
        (void)m_preferences.set(paletteKey, name); // it is one of the choices
    });
}

void PaletteChoice::apply()
{
    const SpanPalette palette = paletteNamed(m_preferences.value(paletteKey).toString());
    m_actions[nameOf(palette)]->setChecked(true);
    setSpanPalette(palette);
}

} // namespace Fanfare
