// SPDX-License-Identifier: MIT
#include "fanfare/runs/shiftestimate.h"

#include "fanfare/runs/ranksums.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace Fanfare {

using Values = std::span<const qint64>;

/// How many differences b - a are at most \a limit.
static quint64 countUpTo(Values a, Values b, qint64 limit)
{
    quint64 count = 0;
    size_t i = 0; // the first value of a with b - a <= limit
    for (const qint64 value : b) {
        while (i < a.size() && value - a[i] > limit)
            ++i;
        count += a.size() - i;
    }
    return count;
}

/// Every so manieth value, a few thousand of them: enough for a first guess.
static std::vector<qint64> thinned(Values values)
{
    constexpr size_t enough = 2048;
    const size_t step = std::max<size_t>(1, values.size() / enough);
    std::vector<qint64> some;
    for (size_t i = step / 2; i < values.size(); i += step)
        some.push_back(values[i]);
    return some;
}

/// The smallest limit above \a low and up to \a high that at least \a rank differences do not
/// exceed; \a low is exceeded by more, \a high is not.
static qint64 bisect(Values a, Values b, quint64 rank, qint64 low, qint64 high)
{
    while (high - low > 1) {
        const qint64 middle = low + (high - low) / 2;
        if (countUpTo(a, b, middle) >= rank)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/// The difference with \a rank (from 1) in ascending order, searched from \a guess outward.
static qint64 differenceNear(Values a, Values b, quint64 rank, qint64 guess)
{
    qint64 step = 1;
    if (countUpTo(a, b, guess) >= rank) {
        qint64 high = guess;
        while (countUpTo(a, b, high - step) >= rank) {
            high -= step;
            step *= 4;
        }
        return bisect(a, b, rank, high - step, high);
    }
    qint64 low = guess;
    while (countUpTo(a, b, low + step) < rank) {
        low += step;
        step *= 4;
    }
    return bisect(a, b, rank, low, low + step);
}

static qint64 difference(Values a, Values b, quint64 rank)
{
    const std::vector<qint64> someA = thinned(a);
    const std::vector<qint64> someB = thinned(b);
    const double share = double(rank) / (double(a.size()) * double(b.size()));
    const quint64 some = quint64(someA.size()) * someB.size();
    const quint64 someRank = std::clamp<quint64>(quint64(share * double(some)), 1, some);
    const qint64 bottom = someB.front() - someA.back();
    const qint64 top = someB.back() - someA.front();
    return differenceNear(a, b, rank, bisect(someA, someB, someRank, bottom - 1, top));
}

/// The rank of the difference that bounds the interval from below; from above it is the same rank
/// counted from the end.
static quint64 boundRank(size_t n, size_t m)
{
    constexpr double outside = 0.025;
    if (std::max(n, m) < RankSums::limit)
        return std::max<size_t>(1, RankSums(n, m).quantile(outside));
    const double product = double(n) * double(m);
    const double deviation = std::sqrt(product * double(n + m + 1) / 12);
    constexpr double normalQuantile = 1.959963984540054; // of 0.975
    const double rank = std::floor(product / 2 - normalQuantile * deviation);
    return quint64(std::max(1.0, rank));
}

Shift estimateShift(const Sample &a, const Sample &b)
{
    if (a.isEmpty() || b.isEmpty())
        return {};
    const Values va = a.values();
    const Values vb = b.values();
    const quint64 all = quint64(va.size()) * vb.size();
    const quint64 bound = boundRank(va.size(), vb.size());
    const qint64 left = difference(va, vb, (all + 1) / 2);
    const qint64 right = all % 2 == 1 ? left : differenceNear(va, vb, all / 2 + 1, left);
    return {.estimate = (double(left) + double(right)) / 2,
            .lower = double(difference(va, vb, bound)),
            .upper = double(difference(va, vb, all + 1 - bound))};
}

/// The quantile of a sample that is drawn anew from \a values.
template <typename Random>
static qint64 redrawnQuantile(Values values, double p, Random &random)
{
    const double n = double(values.size());
    const double rank = std::clamp(std::ceil(p * n - 1e-9), 1.0, n);
    std::gamma_distribution<double> below(rank);
    std::gamma_distribution<double> above(n + 1 - rank);
    const double x = below(random);
    const double position = x / (x + above(random)); // beta(rank, n + 1 - rank)
    const auto index = static_cast<size_t>(position * n);
    return values[std::min(index, values.size() - 1)];
}

/// Which sample is drawn first must not depend on which one is called a.
static bool isOrdered(const Sample &a, const Sample &b)
{
    return !std::ranges::lexicographical_compare(b.values(), a.values());
}

Shift estimateQuantileShift(const Sample &a, const Sample &b, double p, quint64 seed)
{
    if (a.isEmpty() || b.isEmpty())
        return {};
    constexpr size_t draws = 2000;
    constexpr size_t outside = draws / 40; // 2.5 %
    const bool ordered = isOrdered(a, b);
    const Sample &first = ordered ? a : b;
    const Sample &second = ordered ? b : a;

    std::mt19937_64 random(seed);
    std::vector<qint64> differences(draws);
    for (qint64 &drawn : differences) {
        const qint64 start = redrawnQuantile(first.values(), p, random);
        drawn = redrawnQuantile(second.values(), p, random) - start;
    }
    std::sort(differences.begin(), differences.end());
    const auto lower = double(differences[outside]);
    const auto upper = double(differences[draws - 1 - outside]);

    const double estimate = double(b.quantile(p)) - double(a.quantile(p));
    return ordered ? Shift{.estimate = estimate, .lower = lower, .upper = upper}
                   : Shift{.estimate = estimate, .lower = -upper, .upper = -lower};
}

} // namespace Fanfare
