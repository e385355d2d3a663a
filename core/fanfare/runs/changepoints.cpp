// SPDX-License-Identifier: MIT
#include "fanfare/runs/changepoints.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Fanfare {

/// The rank of each value, from 1; those that are equal share their mean rank.
static std::vector<double> ranksOf(std::span<const double> values)
{
    std::vector<size_t> order(values.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::sort(order, {}, [&values](size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (size_t begin = 0; begin < order.size();) {
        size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        for (size_t i = begin; i < end; ++i)
            ranks[order[i]] = double(begin + end + 1) / 2;
        begin = end;
    }
    return ranks;
}

/// The likeliest change that leaves \a fewest values on both sides.
static ChangeTest testWith(std::span<const double> values, size_t fewest)
{
    const std::vector<double> ranks = ranksOf(values);
    const auto n = double(values.size());
    ChangeTest test;
    double sum = 0;
    for (size_t t = 1; t < values.size(); ++t) {
        sum += ranks[t - 1];
        const double u = std::abs(2 * sum - double(t) * (n + 1));
        if (u > test.k && t >= fewest && values.size() - t >= fewest) {
            test.k = u;
            test.at = t;
        }
    }
    if (test.k > 0)
        test.p = std::min(1.0, 2 * std::exp(-6 * test.k * test.k / (n * n * n + n * n)));
    return test;
}

ChangeTest testForChange(std::span<const double> values)
{
    return testWith(values, 1);
}

static void divide(std::span<const double> values, size_t offset, std::vector<size_t> &points)
{
    constexpr double chance = 0.05;
    if (values.size() < 2 * fewestInLevel)
        return;
    const ChangeTest test = testWith(values, fewestInLevel);
    if (test.p >= chance)
        return;
    divide(values.first(test.at), offset, points);
    points.push_back(offset + test.at);
    divide(values.subspan(test.at), offset + test.at, points);
}

std::vector<size_t> changePoints(std::span<const double> values)
{
    std::vector<size_t> points;
    divide(values, 0, points);
    return points;
}

} // namespace Fanfare
