// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

namespace Fanfare {

/// What Pettitt's test says of a series.
struct ChangeTest
{
    size_t at = 0; ///< the first value after the likeliest change; 0 for fewer than two values
    double k = 0;  ///< Pettitt's K, the largest |U|
    double p = 1;  ///< probability of such a K by chance, at most 1; approximate, good below 0.5
};

/// Pettitt's test for one change of level, by ranks, so that outliers do not count for more than
/// others; ties count half. O(n log n).
///
/// Source: A. N. Pettitt, Appl. Statist. 28 (1979), 126-135.
ChangeTest testForChange(std::span<const double> values);

/// Where the level of \a values, measured one after the other, changes: the index of the first
/// value of each later level, ascending. A series is divided at a change that chance makes in fewer
/// than one of 20 cases, then both parts are looked at; a part has fewestInLevel values at least.
/// [any]; O(n² log n) at worst, made for a few dozen values
std::vector<size_t> changePoints(std::span<const double> values);

inline constexpr size_t fewestInLevel = 3;

} // namespace Fanfare
