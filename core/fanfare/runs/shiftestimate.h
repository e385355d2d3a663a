// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/sample.h>

namespace Fanfare {

/// By how much the values of one sample exceed those of another, with the interval that contains
/// the true figure in 95 of 100 cases. Same unit as the values.
struct Shift
{
    double estimate = 0;
    double lower = 0;
    double upper = 0;
};

/// Hodges and Lehmann's estimate: the median of all differences between a value of b and one of a.
/// The interval is that of Moses, which belongs to the rank test: it excludes 0 just where that
/// finds a difference (up to ties). Swapping the samples negates it exactly. Empty samples give 0.
/// The differences are counted, never listed: O((n + m) log(range)), O(1) memory.
///
/// Source: J. L. Hodges, E. L. Lehmann, Ann. Math. Statist. 34 (1963); interval: M. Hollander,
/// D. A. Wolfe, Nonparametric Statistical Methods, section 4.3.
Shift estimateShift(const Sample &a, const Sample &b);

/// By how much the quantile \a p (such as 0.99) of b exceeds that of a, with a 95 % interval by
/// bootstrap. Drawing the order statistic from its beta distribution is the same as drawing the
/// whole sample anew, at the price of one random number. Swapping the samples negates it exactly;
/// the same \a seed gives the same interval.
Shift estimateQuantileShift(const Sample &a, const Sample &b, double p, quint64 seed);

} // namespace Fanfare
