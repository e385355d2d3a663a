// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparison.h>

namespace Fanfare {

/// Charts of a comparison as SVG elements, to be put into a page that defines the classes
/// "a", "b", "grid", "label" and "phase0" to "phase3". [any]
namespace SvgCharts {

enum class FirstPhase : quint8 {
    Queued, ///< from the moment of the emission
    Sent,   ///< once the task has left the queue, which may dwarf all else
};

/// The mean time of a task by phase, one bar for each side, on one axis from 0.
QString waterfall(const PhaseMeans &means, FirstPhase first);

/// Round times under a drawing whose axis has \a length nanoseconds, from \a from to its right
/// edge, of a width of 960.
QString timeAxis(qint64 length, double from);

/// Which share of the tasks took at most how long, one curve for each side. The axis is
/// logarithmic where one of the samples is skewed. Empty when one side has no values.
QString distribution(const Sample &a, const Sample &b);

} // namespace SvgCharts

} // namespace Fanfare
