// SPDX-License-Identifier: MIT
#include "fanfare/runs/wallratio.h"

#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

/// How many of \a count values can be left out at each end of the interval.
static size_t leftOut(size_t count)
{
    constexpr double oneSided = 0.025;
    double chance = std::pow(0.5, double(count)); // that so many lie on one side of the median
    double sum = chance;
    size_t out = 0;
    while (2 * out + 2 < count) {
        chance *= double(count - out) / double(out + 1);
        sum += chance;
        if (sum > oneSided)
            break;
        ++out;
    }
    return out;
}

RatioInterval ratioInterval(const std::vector<double> &ratios)
{
    const size_t out = leftOut(ratios.size());
    return {ratios[out], ratios[ratios.size() - 1 - out]};
}

Winner fasterOf(const std::vector<double> &ratios, double median, double noise)
{
    if (ratios.empty())
        return Winner::Neither;
    const double margin = ratios.size() == 1 ? 10 * noise : noise;
    const auto [lowest, highest] = ratioInterval(ratios);
    if (lowest > 1 + margin && median > 1)
        return Winner::A;
    return highest < 1 / (1 + margin) && median < 1 ? Winner::B : Winner::Neither;
}

QString timesWords(double ratio, const RatioInterval &interval, size_t rounds)
{
    const QString text = u"%1 times"_s.arg(ratio, 0, 'f', 2);
    if (rounds < 2)
        return text;
    return text
        + u" (%1 to %2 over %3 rounds)"_s.arg(interval.lowest, 0, 'f', 2)
              .arg(interval.highest, 0, 'f', 2)
              .arg(rounds);
}

QString timesRange(double ratio, const RatioInterval &interval, size_t rounds)
{
    if (rounds < 2)
        return u"%1 times (in a single round)"_s.arg(ratio, 0, 'f', 2);
    return u"between %1 and %2 times (over %3 rounds)"_s.arg(interval.lowest, 0, 'f', 2)
        .arg(interval.highest, 0, 'f', 2)
        .arg(rounds);
}

} // namespace Fanfare
