// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinetheme.h"

#include <array>
#include <cmath>

namespace Fanfare {

/// After Okabe and Ito 2008, without black, which dark palettes swallow, and without vermillion,
/// which means failure here. Green and yellow are moved a bit: all pairs differ by more than 20
/// (CIE 1976) for who cannot see green, too.
static constexpr std::array<QRgb, 6> handlerHues{
    qRgb(0x56, 0xb4, 0xe9), // sky blue
    qRgb(0xe6, 0x9f, 0x00), // orange
    qRgb(0x00, 0x8c, 0x66), // bluish green
    qRgb(0xcc, 0x79, 0xa7), // reddish purple
    qRgb(0xf6, 0xec, 0x60), // yellow
    qRgb(0x00, 0x72, 0xb2), // blue
};

std::vector<QRgb> TimelineTheme::hues()
{
    return {handlerHues.begin(), handlerHues.end()};
}

static QColor blended(const QColor &bottom, const QColor &top, double opacity)
{
    return QColor(mixed(bottom.rgb(), top.rgb(), static_cast<int>(std::lround(opacity * 255))));
}

TimelineTheme TimelineTheme::of(const QPalette &palette)
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

QRgb TimelineTheme::nameColor(const QString &name) const
{
    // FNV-1a: the same on every machine, unlike qHash(). The start value is one that gives the
    // bundled handlers hues of their own.
    quint32 hash = 2166337976U;
    for (const QChar c : name)
        hash = (hash ^ c.unicode()) * 16777619U;
    hash ^= hash >> 15;
    const QRgb hue = handlerHues[hash % handlerHues.size()];
    // Three tints of each hue keep apart more handlers than there are hues.
    const int tint = static_cast<int>(hash / handlerHues.size() % 3);
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

static double luminance(QRgb color)
{
    const auto linear = [](int channel) {
        const double value = channel / 255.0;
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color))
        + 0.0722 * linear(qBlue(color));
}

QRgb textColorOn(QRgb fill)
{
    const double light = luminance(fill) + 0.05;
    return light / 0.05 >= 1.05 / light ? qRgb(0, 0, 0) : qRgb(0xff, 0xff, 0xff);
}

} // namespace Fanfare
