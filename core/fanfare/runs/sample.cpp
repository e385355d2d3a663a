// SPDX-License-Identifier: MIT
#include "fanfare/runs/sample.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

static double meanOf(const std::vector<qint64> &values)
{
    long double sum = 0;
    for (const qint64 value : values)
        sum += static_cast<long double>(value);
    return values.empty() ? 0 : double(sum / static_cast<long double>(values.size()));
}

Sample::Sample(std::vector<qint64> values)
    : m_values(std::move(values))
    , m_mean(meanOf(m_values))
{
    std::sort(m_values.begin(), m_values.end());
}

qint64 Sample::quantile(double p) const
{
    if (isEmpty())
        return 0;
    // A product such as 0.99 * 100 may lie a hair above the whole number it stands for.
    const double rank = std::ceil(p * double(size()) - 1e-9);
    const double last = double(size());
    return m_values[static_cast<size_t>(std::clamp(rank, 1.0, last)) - 1];
}

qint64 Sample::minimum() const
{
    return isEmpty() ? 0 : m_values.front();
}

qint64 Sample::maximum() const
{
    return isEmpty() ? 0 : m_values.back();
}

double Sample::shareUpTo(qint64 value) const
{
    if (isEmpty())
        return 0;
    const auto end = std::upper_bound(m_values.begin(), m_values.end(), value);
    return double(end - m_values.begin()) / double(size());
}

bool Sample::isSkewed() const
{
    return !isEmpty() && minimum() > 0 && double(maximum()) > 50.0 * double(minimum())
        && mean() > 2.0 * double(quantile(0.5));
}

} // namespace Fanfare
