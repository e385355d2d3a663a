// SPDX-License-Identifier: MIT
#pragma once

#include "chartaxis.h"

#include <fanfare/runs/comparison.h>

#include <vector>

namespace Fanfare {

/// What charts of two samples show, in values; no pixels. [any]

/// How often values fell into each of some intervals, as a share of all values of that side, so
/// that sides of different size can be laid over each other.
struct Histogram
{
    std::vector<double> edges; ///< one more than intervals, ascending; empty: nothing to show
    std::vector<double> a;
    std::vector<double> b;
    ChartAxis::Scale scale = ChartAxis::Scale::Linear; ///< logarithmic where one side is skewed

    double highest() const;               ///< of all shares
    void scaleBy(double ofA, double ofB); ///< shares become counts of that many tasks
};

/// \a bins intervals from the smallest to the largest value of both; linear ones begin at 0, unless
/// \a fromZero says otherwise. O(bins log n).
Histogram histogramOf(const Sample &a, const Sample &b, int bins, bool fromZero = true);

/// The quantile of b minus that of a, in nanoseconds, for each percent from 1 to 99. Empty when
/// one of them is.
std::vector<double> quantileDifferences(const Sample &a, const Sample &b);

/// How much handlers computed of the time they ran, in nanoseconds, all tasks together.
struct CpuTimes
{
    qint64 cpu = 0;
    qint64 run = 0; ///< of the same tasks; 0: not measured
};

CpuTimes cpuTimesOf(const RunSamples &run);

} // namespace Fanfare
