// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <cmath>
#include <vector>

namespace Fanfare {

/// Maps times to pixels of one view: pixel column x shows the times [timeAt(x), timeAt(x + 1)).
/// Times are nanoseconds; columns share their edges, so that nothing is counted twice or missed.
struct TimeAxis
{
    qint64 begin = 0;      ///< time at the left edge of pixel 0
    double nsPerPixel = 1; ///< above 0

    qint64 timeAt(double x) const { return begin + std::llround(x * nsPerPixel); }
    double xOf(qint64 time) const { return static_cast<double>(time - begin) / nsPerPixel; }

    /// The same view on a screen with \a ratio device pixels for one of this axis.
    TimeAxis scaled(double ratio) const { return {begin, nsPerPixel / ratio}; }
};

/// One labelled line of a ruler.
struct RulerTick
{
    qint64 time = 0;
    double x = 0;
};

/// The ruler's step: the smallest of 1, 2, 5 times a power of ten nanoseconds (from one minute on
/// of usual clock steps) that keeps labels \a minimumPixels apart.
qint64 tickStep(double nsPerPixel, double minimumPixels);

/// The ticks in [0, width] of \a axis, at multiples of \a step after \a origin.
std::vector<RulerTick> rulerTicks(const TimeAxis &axis, int width, qint64 step, qint64 origin);

/// A time of the ruler, relative to its origin, as exact as \a step asks for: "1.25 s", "12 ms".
QString tickText(qint64 time, qint64 step);

} // namespace Fanfare
