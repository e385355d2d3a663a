// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/verdict.h>

namespace Fanfare {

struct RatioInterval
{
    double lowest = 1;
    double highest = 1;
};

/// Where the median of \a ratios, which ascend, lies in 95 of 100 cases: what the sign test cannot
/// rule out. Of fewer than nine it is all of them, and the more there are, the narrower it gets.
/// \a ratios has at least one. [any]
RatioInterval ratioInterval(const std::vector<double> &ratios);

/// By the interval of \a ratios, which ascend; \a median, of all rounds, must not say otherwise. A
/// single ratio has to be beyond ten times \a noise. [any]
Winner fasterOf(const std::vector<double> &ratios, double median, double noise);

/// "1.84 times (1.79 to 1.90 over 5 rounds)", "1.84 times" of a single one. [any]
QString timesWords(double ratio, const RatioInterval &interval, size_t rounds);

/// "between 0.62 and 1.08 times (over 5 rounds)", "1.05 times (in a single round)". [any]
QString timesRange(double ratio, const RatioInterval &interval, size_t rounds);

} // namespace Fanfare
