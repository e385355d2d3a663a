// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

namespace Fanfare {

/// Maps values to positions along one direction of a chart, and knows where its ticks are.
/// Positions may run against the values, as they do upwards.
class ChartAxis
{
public:
    enum class Scale : quint8 { Linear, Logarithmic };

    /// \a from and \a to are the values at the positions \a begin and \a end. A logarithmic axis
    /// needs \a from above 0. An empty range is widened.
    ChartAxis(double from, double to, double begin, double end, Scale scale = Scale::Linear);

    double positionOf(double value) const; ///< beyond the ends for values outside
    double valueAt(double position) const;

    /// Round values within the range, at most \a most: steps of 1, 2 or 5, or powers of ten.
    std::vector<double> ticks(int most) const;

    double from() const { return m_from; }
    double to() const { return m_to; }
    Scale scale() const { return m_scale; }

private:
    double m_from;
    double m_to;
    double m_begin;
    double m_end;
    Scale m_scale;
};

} // namespace Fanfare
