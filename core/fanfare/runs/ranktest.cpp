// SPDX-License-Identifier: MIT
#include "fanfare/runs/ranktest.h"

#include "fanfare/runs/ranksums.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace Fanfare {

namespace {

struct RankCount
{
    quint64 twiceU = 0; // a tie counts one
    double ties = 0;    // sum of t^3 - t over the groups of equal values
};

} // namespace

/// The end of the run of values equal to \a value that starts at \a from.
static size_t endOfEqual(std::span<const qint64> values, size_t from, qint64 value)
{
    while (from < values.size() && values[from] == value)
        ++from;
    return from;
}

static RankCount countRanks(std::span<const qint64> a, std::span<const qint64> b)
{
    RankCount count;
    size_t i = 0;
    size_t j = 0;
    while (i < a.size() || j < b.size()) {
        const bool takeA = j == b.size() || (i < a.size() && a[i] <= b[j]);
        const qint64 value = takeA ? a[i] : b[j];
        const size_t endA = endOfEqual(a, i, value);
        const size_t endB = endOfEqual(b, j, value);
        count.twiceU += quint64(endB - j) * (2 * i + (endA - i));
        const double group = double(endA - i + endB - j);
        count.ties += group * (group * group - 1);
        i = endA;
        j = endB;
    }
    return count;
}

static double exactProbability(size_t n, size_t m, quint64 twiceU)
{
    const quint64 u = twiceU / 2; // without ties it is whole
    const quint64 smaller = std::min<quint64>(u, quint64(n) * m - u);
    return std::min(1.0, 2 * RankSums(n, m).upTo(smaller));
}

static double normalProbability(double n, double m, const RankCount &count)
{
    const double all = n + m;
    const double variance = n * m / 12 * (all + 1 - count.ties / (all * (all - 1)));
    if (variance <= 0)
        return 1; // all values are equal
    const double distance = std::abs(double(count.twiceU) / 2 - n * m / 2) - 0.5;
    return std::erfc(std::max(0.0, distance) / std::sqrt(variance) / std::numbers::sqrt2);
}

RankTest testRanks(const Sample &a, const Sample &b)
{
    if (a.isEmpty() || b.isEmpty())
        return {};
    const RankCount count = countRanks(a.values(), b.values());

    RankTest test;
    test.u = double(count.twiceU) / 2;
    test.larger = test.u / (double(a.size()) * double(b.size()));
    test.isExact = count.ties == 0 && std::max(a.size(), b.size()) < RankSums::limit;
    test.p = test.isExact ? exactProbability(a.size(), b.size(), count.twiceU)
                          : normalProbability(double(a.size()), double(b.size()), count);
    return test;
}

} // namespace Fanfare
