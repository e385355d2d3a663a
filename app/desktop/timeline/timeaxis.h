// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timefolds.h"

#include <QString>

#include <cmath>
#include <memory>
#include <vector>

namespace Fanfare {

/// Maps times to pixels of one view: pixel column x shows the times [timeAt(x), timeAt(x + 1)).
/// Times are nanoseconds; columns share their edges, so that nothing is counted twice or missed.
/// Views with the same origin and zoom whose columns are whole numbers share their edges, too: what
/// was found out about a column holds in all of them. With folds, times in which nothing happened
/// take fewer columns; all others take as many as without.
struct TimeAxis
{
    qint64 origin = 0;
    double nsPerPixel = 1; ///< above 0
    double column = 0;     ///< pixels from the origin to the left edge of pixel 0
    std::shared_ptr<const TimeFolds> folds = nullptr; ///< null: there are none

    qint64 timeAt(double x) const
    {
        const double length = (column + x) * nsPerPixel;
        return folds ? folds->timeAt(folds->placeOf(origin) + length)
                     : origin + std::llround(length);
    }
    double xOf(qint64 time) const
    {
        const double length = folds ? folds->placeOf(time) - folds->placeOf(origin)
                                    : static_cast<double>(time - origin);
        return length / nsPerPixel - column;
    }
    qint64 begin() const { return timeAt(0); } ///< at the left edge of pixel 0

    bool operator==(const TimeAxis &other) const = default;

    /// The same view on a screen with \a ratio device pixels for one of this axis.
    TimeAxis scaled(double ratio) const
    {
        return {origin, nsPerPixel / ratio, std::round(column * ratio), folds};
    }

    /// This view, moved by less than a pixel of such a screen, with columns counted from \a from.
    TimeAxis snapped(qint64 from, double ratio) const
    {
        if (folds) // what lies between the two is not known
            return *this;
        const double columns = static_cast<double>(begin() - from) / nsPerPixel;
        return {from, nsPerPixel, std::round(columns * ratio) / ratio};
    }
};

/// One labelled line of a ruler.
struct RulerTick
{
    qint64 time = 0;
    double x = 0;
};

/// From when the ruler counts.
enum class RulerTimes : quint8 {
    SinceStart,    ///< of the run
    Clock,         ///< the time of day
    SinceMarker,   ///< the first marker
    SinceEmission, ///< of the selected task
};

/// The ruler's step: the smallest of 1, 2, 5 times a power of ten nanoseconds (from one minute on
/// of usual clock steps) that keeps labels \a minimumPixels apart.
qint64 tickStep(double nsPerPixel, double minimumPixels);

/// The ticks in [0, width] of \a axis, at multiples of \a step after \a origin.
std::vector<RulerTick> rulerTicks(const TimeAxis &axis, int width, qint64 step, qint64 origin);

/// A time of the ruler, relative to its origin, as exact as \a step asks for: "1.25 s", "12 ms".
QString tickText(qint64 time, qint64 step);

/// A time of day, given after a midnight, as exact as \a step asks for: "14:02:11.25".
QString clockTickText(qint64 time, qint64 step);

} // namespace Fanfare
