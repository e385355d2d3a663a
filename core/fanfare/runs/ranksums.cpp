// SPDX-License-Identifier: MIT
#include "fanfare/runs/ranksums.h"

#include <algorithm>

namespace Fanfare {

/// Turns the counts for n values into those for n + 1, whose generating function is the old one
/// times (1 - q^(n + 1 + m)) / (1 - q^(n + 1)): the Gaussian binomial coefficient, step by step.
static void addValue(std::vector<double> &counts, size_t n, size_t m)
{
    for (size_t u = counts.size(); u-- > n + m;)
        counts[u] -= counts[u - n - m];
    for (size_t u = n; u < counts.size(); ++u)
        counts[u] += counts[u - n];
}

RankSums::RankSums(size_t n, size_t m)
    : m_upTo(n * m + 1, 0.0)
{
    Q_ASSERT(n > 0 && m > 0 && n < limit && m < limit);
    m_upTo[0] = 1;
    for (size_t i = 1; i <= n; ++i)
        addValue(m_upTo, i, m);

    double sum = 0;
    for (double &entry : m_upTo) {
        sum += entry;
        entry = sum;
    }
    for (double &entry : m_upTo)
        entry /= sum;
}

size_t RankSums::quantile(double p) const
{
    const auto found = std::lower_bound(m_upTo.begin(), m_upTo.end(), p);
    return static_cast<size_t>(found - m_upTo.begin());
}

} // namespace Fanfare
