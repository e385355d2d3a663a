// SPDX-License-Identifier: MIT
#include "desktop/timeline/spanpalette.h"

#include "desktop/timeline/timelinetheme.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

#include <cmath>

namespace Fanfare {

static SpanPalette paletteInUse = SpanPalette::OkabeIto; // as QApplication::palette() is one

SpanPalette spanPalette()
{
    return paletteInUse;
}

void setSpanPalette(SpanPalette palette)
{
    if (palette == paletteInUse)
        return;
    paletteInUse = palette;
    for (QWidget *widget : QApplication::allWidgets()) { // they know how to change their colors
        QEvent change(QEvent::PaletteChange);
        QCoreApplication::sendEvent(widget, &change);
        widget->update();
    }
}

/// After Okabe and Ito 2008, without black, which dark palettes swallow, and without vermillion,
/// which means failure here. Green and yellow are moved a bit: all pairs differ by more than 20
/// (CIE 1976) for who cannot see green, too.
static std::vector<QRgb> okabeIto()
{
    return {
        qRgb(0x56, 0xb4, 0xe9), // sky blue
        qRgb(0xe6, 0x9f, 0x00), // orange
        qRgb(0x00, 0x8c, 0x66), // bluish green
        qRgb(0xcc, 0x79, 0xa7), // reddish purple
        qRgb(0xf6, 0xec, 0x60), // yellow
        qRgb(0x00, 0x72, 0xb2), // blue
    };
}

/// \a color with black or white in it, so that its lightness (CIE 1976, 0 to 100) is \a lightness.
static QRgb tinted(QRgb color, double lightness)
{
    const double wanted = std::pow((lightness + 16) / 116, 3);
    const bool isDarker = luminance(color) > wanted;
    const QRgb end = isDarker ? qRgb(0, 0, 0) : qRgb(0xff, 0xff, 0xff);
    int low = 0;
    int high = 255;
    while (low < high) { // the more of it, the nearer to the wanted lightness
        const int middle = (low + high) / 2;
        const bool isReached = isDarker ? luminance(mixed(color, end, middle)) <= wanted
                                        : luminance(mixed(color, end, middle)) >= wanted;
        (isReached ? high : low) = isReached ? middle : middle + 1;
    }
    return mixed(color, end, low);
}

std::vector<QRgb> spanHues(SpanPalette palette, QRgb accent)
{
    if (palette == SpanPalette::OkabeIto)
        return okabeIto();
    // Steps of 22 in lightness differ by 22 whatever the hue.
    const QRgb color = palette == SpanPalette::Gray ? qRgb(0x80, 0x80, 0x80) : accent;
    std::vector<QRgb> hues;
    for (const double lightness : {69.0, 25.0, 91.0, 47.0})
        hues.push_back(tinted(color, lightness));
    return hues;
}

QRgb patternColorOn(QRgb fill)
{
    constexpr int strength = 70;
    const QRgb text = textColorOn(fill);
    const QRgb other = text == qRgb(0, 0, 0) ? qRgb(0xff, 0xff, 0xff) : qRgb(0, 0, 0);
    const QRgb nearText = mixed(fill, text, strength);
    return contrastOf(nearText, text) >= 4.5 ? nearText : mixed(fill, other, strength);
}

} // namespace Fanfare
