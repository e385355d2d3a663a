// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinetheme.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

static QColor blended(const QColor &bottom, const QColor &top, double opacity)
{
    return QColor(mixed(bottom.rgb(), top.rgb(), static_cast<int>(std::lround(opacity * 255))));
}

TimelineTheme TimelineTheme::of(const QPalette &palette, SpanPalette fills)
{
    TimelineTheme theme;
    const QColor base = palette.color(QPalette::Active, QPalette::Base);
    const QColor text = palette.color(QPalette::Active, QPalette::Text);
    theme.isDark = base.lightnessF() < 0.5;
    theme.background = base;
    theme.header = palette.color(QPalette::Active, QPalette::Window);
    theme.line = blended(base, text, 0.12);
    theme.grid = blended(base, text, 0.07);
    theme.text = text;
    theme.dimText = blended(base, text, 0.62);
    theme.accent = palette.color(QPalette::Active, QPalette::Highlight);
    theme.spans = fills;
    theme.hues = spanHues(fills, theme.accent.rgb());
    theme.emission = blended(base, text, 0.75);
    theme.note = theme.isDark ? QColor(0xe8, 0xc8, 0x5a) : QColor(0xff, 0xdf, 0x7e);
    theme.match = theme.isDark ? QColor(0xff, 0xc1, 0x4d) : QColor(0xb0, 0x5a, 0x00);
    theme.loadFill = blended(base, theme.accent, 0.62);
    theme.loopFill = blended(base, theme.accent, 0.30);
    theme.groupFill = blended(theme.accent, text, 0.35);
    theme.queueFill = blended(base, text, 0.17);
    theme.failure = theme.isDark ? qRgb(0xff, 0x5a, 0x45) : qRgb(0xd0, 0x2c, 0x14);
    theme.crash = theme.isDark ? qRgb(0xb8, 0x1d, 0x2e) : qRgb(0x8b, 0x0a, 0x1e);
    theme.timeout = theme.isDark ? qRgb(0xc9, 0x7b, 0x1e) : qRgb(0xa8, 0x5a, 0x00);
    theme.quiet = blended(base, text, 0.5).rgb();
    return theme;
}

QRgb TimelineTheme::handlerColor(const HandlerEntry &handler) const
{
    return nameColor(handler.plugin + u'/' + handler.handler);
}

static quint32 hashOf(const QString &name)
{
    // FNV-1a: the same on every machine, unlike qHash(). The start value is one that gives the
    // bundled handlers hues of their own.
    quint32 hash = 2166337976U;
    for (const QChar c : name)
        hash = (hash ^ c.unicode()) * 16777619U;
    return hash ^ hash >> 15;
}

SpanPattern TimelineTheme::namePattern(const QString &name) const
{
    constexpr quint32 patterns = 3;
    if (spans != SpanPalette::Gray)
        return SpanPattern::Plain;
    return static_cast<SpanPattern>(hashOf(name) / hues.size() % patterns);
}

QRgb TimelineTheme::nameColor(const QString &name) const
{
    const quint32 hash = hashOf(name);
    const QRgb hue = hues[hash % hues.size()];
    if (spans != SpanPalette::OkabeIto)
        return hue;
    // Three tints of each hue keep apart more handlers than there are hues.
    const int tint = static_cast<int>(hash / hues.size() % 3);
    const QRgb end = tint == 1 ? qRgb(0xff, 0xff, 0xff) : qRgb(0, 0, 0);
    return tint == 0 ? hue : mixed(hue, end, tint == 1 ? 70 : 50);
}

QRgb TimelineTheme::outcomeColor(Outcome outcome) const
{
    switch (outcome) {
    case Outcome::Crashed:
    case Outcome::Quarantined:
    case Outcome::Interrupted:
        return crash;
    case Outcome::TimedOut:
        return timeout;
    case Outcome::Canceled:
        return quiet;
    default:
        return failure;
    }
}

double luminance(QRgb color)
{
    const auto linear = [](int channel) {
        const double value = channel / 255.0;
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color))
        + 0.0722 * linear(qBlue(color));
}

double contrastOf(QRgb a, QRgb b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

QRgb textColorOn(QRgb fill)
{
    const double light = luminance(fill) + 0.05;
    return light / 0.05 >= 1.05 / light ? qRgb(0, 0, 0) : qRgb(0xff, 0xff, 0xff);
}

} // namespace Fanfare
