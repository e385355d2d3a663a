// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"
#include "desktop/timeline/spanpalette.h"

#include <QColor>
#include <QPalette>

namespace Fanfare {

/// All colors of the timeline, made for the light or dark palette of the system.
struct TimelineTheme
{
    static TimelineTheme of(const QPalette &palette, SpanPalette fills = spanPalette());

    /// The fill of a handler's spans: the same in every run and session.
    QRgb handlerColor(const HandlerEntry &handler) const;

    /// The same for anything else that has a name.
    QRgb nameColor(const QString &name) const;

    /// What lies on that fill: more than there are grays.
    SpanPattern namePattern(const QString &name) const;

    /// The mark of an outcome other than success.
    QRgb outcomeColor(Outcome outcome) const;

    SpanPalette spans = SpanPalette::OkabeIto;
    std::vector<QRgb> hues; ///< of it; the colors of names are these, or tints of them
    bool isDark = false;
    QColor background; ///< of the lanes
    QColor header;     ///< of lane names and ruler
    QColor line;       ///< between lanes
    QColor grid;       ///< vertical, at the ruler's ticks
    QColor text;
    QColor dimText;
    QColor accent;   ///< selection, the "now" line
    QColor emission; ///< triangles of the emission lane
    QColor note;
    QColor match;     ///< what a filter finds, in the minimap
    QColor loadFill;  ///< tasks on workers, as a curve
    QColor loopFill;  ///< coroutines
    QColor groupFill; ///< all workers of a folded group, when they are busy
    QColor queueFill; ///< waiting tasks
    QRgb failure = 0;
    QRgb crash = 0;
    QRgb timeout = 0;
    QRgb quiet = 0; ///< canceled
};

/// \a top over \a bottom with an opacity of \a alpha / 255; both are opaque.
constexpr QRgb mixed(QRgb bottom, QRgb top, int alpha)
{
    const auto channel = [alpha](int under, int over) {
        return (over * alpha + under * (255 - alpha) + 127) / 255;
    };
    return qRgb(channel(qRed(bottom), qRed(top)), channel(qGreen(bottom), qGreen(top)),
                channel(qBlue(bottom), qBlue(top)));
}

/// How light \a color is, from 0 to 1, and the contrast of two colors, from 1 to 21, as WCAG 2.1
/// defines them.
double luminance(QRgb color);
double contrastOf(QRgb a, QRgb b);

/// Black or white, whichever has the higher WCAG contrast on \a fill; at least 4.5:1.
QRgb textColorOn(QRgb fill);

} // namespace Fanfare
