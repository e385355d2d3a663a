// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

#include <vector>

namespace Fanfare {

/// Which fills tell handlers apart.
enum class SpanPalette : quint8 {
    OkabeIto, ///< hues that color-blind people can tell apart, in three tints each
    Accent,   ///< tints of the accent of the desktop
    Gray,     ///< grays with patterns: for print, and for who sees no hues
};

/// What lies on a fill.
enum class SpanPattern : quint8 { Plain, Lines, Dots };

/// The palette that all timelines use; OkabeIto at first. [gui]
SpanPalette spanPalette();

/// Makes all timelines of the application use \a palette at once. [gui]
void setSpanPalette(SpanPalette palette);

/// The fills of \a palette. All pairs differ by more than 20 (CIE 1976) for who cannot see green,
/// too. \a accent is of use to SpanPalette::Accent only. [any]
std::vector<QRgb> spanHues(SpanPalette palette, QRgb accent);

/// The color of a pattern on \a fill: near to it, and text that is readable on the fill is so on
/// the pattern, with a contrast of at least 4.5:1. [any]
QRgb patternColorOn(QRgb fill);

} // namespace Fanfare
