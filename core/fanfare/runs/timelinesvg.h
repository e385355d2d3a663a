// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace Fanfare {

/// A run as an SVG: a lane for every worker, whose columns are as opaque as the worker was busy,
/// exactly; a column with a task that did not succeed has a red foot.
struct TimelineSvg
{
    static constexpr double left = 60; ///< where the axis begins, of a width of 960

    QString svg;
    qint64 wall = 0; ///< nanoseconds from the first task accepted to the last one finished
};

/// The timeline of the run file \a path, on an axis of \a axis nanoseconds; 0: of its own length.
/// Nothing when the file cannot be read or has no tasks. [any], blocks.
std::optional<TimelineSvg> timelineSvg(const QString &path, qint64 axis = 0);

} // namespace Fanfare
