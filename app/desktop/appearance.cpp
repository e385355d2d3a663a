// SPDX-License-Identifier: MIT
#include "appearance.h"

#include "symbolengine.h"

#include <QApplication>
#include <QStyle>
#include <QWidget>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Shades
{
    QRgb window, base, alternate, text, button, highlight, highlightedText, link, tip;
};

constexpr Shades lightShades{0xfff3f4f6, 0xffffffff, 0xfff6f7f9, 0xff1d2129, 0xffeceef1,
                             0xff2f6fd0, 0xffffffff, 0xff1f5fc0, 0xffffffff};
constexpr Shades darkShades{0xff23262d, 0xff1a1d22, 0xff20232a, 0xffe4e7ec, 0xff2d3139,
                            0xff3f7be0, 0xffffffff, 0xff7fb0ff, 0xff2d3139};

QPalette paletteOf(const Shades &shades)
{
    QPalette palette(QColor(shades.button), QColor(shades.window));
    const QColor text(shades.text);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::Base, QColor(shades.base));
    palette.setColor(QPalette::AlternateBase, QColor(shades.alternate));
    palette.setColor(QPalette::ToolTipBase, QColor(shades.tip));
    palette.setColor(QPalette::Highlight, QColor(shades.highlight));
    palette.setColor(QPalette::HighlightedText, QColor(shades.highlightedText));
    palette.setColor(QPalette::Link, QColor(shades.link));
    palette.setColor(QPalette::LinkVisited, QColor(shades.link));
    const QColor faint = blended(QColor(shades.window), text, 0.45);
    palette.setColor(QPalette::PlaceholderText, blended(QColor(shades.window), text, 0.62));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight,
                     blended(QColor(shades.window), text, 0.2));
    return palette;
}

/// An empty box is as dark as what is around it in a dark palette, and its outline is darker still:
/// it gets a color of its own, contrast at least 3:1 to both the window and the check mark.
QPalette boxPaletteOf(QPalette palette)
{
    if (isDark(palette))
        palette.setColor(
            QPalette::Base,
            blended(palette.color(QPalette::Window), palette.color(QPalette::Text), 0.4));
    return palette;
}

} // namespace

/// The style the desktop asked for is known by name only until another one is set.
static constexpr auto desktopStyle = "fanfareDesktopStyle";

static void restoreDesktop()
{
    const QVariant style = qApp->property(desktopStyle);
    if (!style.isValid())
        return; // nothing was changed yet
    QApplication::setStyle(style.toString());
    QApplication::setPalette(QPalette());
}

void applyColorScheme(ColorScheme scheme)
{
    if (scheme == ColorScheme::System)
        return restoreDesktop();
    if (!qApp->property(desktopStyle).isValid())
        qApp->setProperty(desktopStyle, QApplication::style()->name());
    QApplication::setStyle(u"Fusion"_s);
    const QPalette palette = paletteOf(scheme == ColorScheme::Dark ? darkShades : lightShades);
    QApplication::setPalette(palette);
    QApplication::setPalette(boxPaletteOf(palette), "QCheckBox");
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

QColor accentColor(Accent accent, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (accent) {
    case Accent::Good:
        return dark ? QColor(0x5f, 0xcf, 0x93) : QColor(0x1a, 0x7f, 0x4b);
    case Accent::Caution:
        return dark ? QColor(0xf0, 0xb4, 0x4c) : QColor(0x9a, 0x62, 0x00);
    case Accent::Bad:
        return dark ? QColor(0xff, 0x8a, 0x80) : QColor(0xc0, 0x2b, 0x2b);
    case Accent::Neutral:
        break;
    }
    return blended(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.65);
}

QColor blended(const QColor &under, const QColor &over, double share)
{
    const auto mix = [share](int low, int high) { return int(low + (high - low) * share + 0.5); };
    return {mix(under.red(), over.red()), mix(under.green(), over.green()),
            mix(under.blue(), over.blue())};
}

QIcon symbolIcon(const QString &name)
{
    return QIcon(new SymbolEngine(name, std::nullopt));
}

QIcon symbolIcon(const QString &name, Accent accent)
{
    return QIcon(new SymbolEngine(name, accent));
}

void setMuted(QWidget &widget)
{
    widget.setForegroundRole(QPalette::PlaceholderText);
}

} // namespace Fanfare
