// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

namespace Fanfare {

/// How Mann and Whitney's U is distributed when two samples without ties come from one
/// distribution: exact, by counting, for samples of fewer than 50 values.
///
/// Source: H. B. Mann, D. R. Whitney, Ann. Math. Statist. 18 (1947), recurrence of section 4.
class RankSums final
{
public:
    static constexpr size_t limit = 50; ///< both sizes are below

    /// O(n m (n + m)) time, O(n m) memory; both sizes are at least 1 and below limit.
    RankSums(size_t n, size_t m);

    /// The probability of a U of at most \a u; \a u is below n m + 1.
    double upTo(size_t u) const { return m_upTo[u]; }

    /// The smallest u with a probability upTo(u) of at least \a p.
    size_t quantile(double p) const;

private:
    std::vector<double> m_upTo;
};

} // namespace Fanfare
