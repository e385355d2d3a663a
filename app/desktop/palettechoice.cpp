// SPDX-License-Identifier: MIT
#include "palettechoice.h"

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
    , m_switches(registry, preferences,
                 {paletteKey,
                  u"view.palette"_s,
                  tr("Colors of tasks"),
                  {{nameOf(SpanPalette::OkabeIto), tr("Hues that everybody can tell apart")},
                   {nameOf(SpanPalette::Accent), tr("Tints of the accent color")},
                   {nameOf(SpanPalette::Gray), tr("Grays and patterns")}}},
                 [](const QString &name) { setSpanPalette(paletteNamed(name)); })
{
    m_switches.apply();
}

} // namespace Fanfare
