// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/sample.h>

namespace Fanfare {

/// Whether two samples differ in more than chance. See testRanks().
struct RankTest
{
    double u = 0;        ///< pairs in which b is larger; a tie counts half
    double p = 1;        ///< two-sided probability of such a U by chance
    double larger = 0.5; ///< effect size A12: how likely a value of b exceeds one of a, 0 to 1
    bool isExact = false;
};

/// Fewer values than that on one side say nothing: no test is made of them.
constexpr size_t fewestValues = 8;

/// Mann and Whitney's test. Exact for samples of fewer than 50 values without ties, else by the
/// normal approximation with corrections for ties and continuity. Swapping the samples leaves p as
/// it is and turns larger into 1 - larger. An empty sample gives p = 1. O(n + m).
///
/// Source: H. B. Mann, D. R. Whitney, Ann. Math. Statist. 18 (1947); effect size: A. Vargha,
/// H. D. Delaney, J. Educ. Behav. Stat. 25 (2000).
RankTest testRanks(const Sample &a, const Sample &b);

} // namespace Fanfare
