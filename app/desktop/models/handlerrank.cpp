// SPDX-License-Identifier: MIT
#include "handlerrank.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

static qint64 lengthOf(const SpanEntry &span)
{
    return span.record.finished - span.record.started;
}

static std::vector<qint64> lengthsOf(const RunModel &run, quint32 handler)
{
    constexpr size_t most = 50'000;
    std::vector<qint64> lengths;
    const size_t end = run.spanCount();
    for (size_t back = 1; back <= std::min(end, most); ++back) {
        if (!run.isKept(end - back))
            break;
        const SpanEntry span = run.span(end - back);
        if (span.handler == handler && span.record.outcome == Outcome::Succeeded)
            lengths.push_back(lengthOf(span));
    }
    return lengths;
}

static size_t binOf(const HandlerRank &rank, qint64 length)
{
    const double low = std::log(double(std::max<qint64>(1, rank.shortest)));
    const double high = std::log(double(std::max<qint64>(1, rank.longest)));
    if (high <= low)
        return 0;
    const double share = (std::log(double(std::max<qint64>(1, length))) - low) / (high - low);
    const auto bin = static_cast<qint64>(share * double(HandlerRank::binCount));
    return size_t(std::clamp<qint64>(bin, 0, qint64(HandlerRank::binCount) - 1));
}

std::optional<HandlerRank> rankOf(const RunModel &run, const SpanEntry &span)
{
    std::vector<qint64> lengths = lengthsOf(run, span.handler);
    if (span.record.outcome != Outcome::Succeeded)
        lengths.push_back(lengthOf(span));
    if (lengths.size() < 3)
        return {};
    const auto [shortest, longest] = std::minmax_element(lengths.begin(), lengths.end());
    HandlerRank rank;
    rank.count = qint64(lengths.size());
    rank.shortest = *shortest;
    rank.longest = *longest;
    rank.bin = binOf(rank, lengthOf(span));
    for (const qint64 length : lengths) {
        rank.faster += length < lengthOf(span);
        ++rank.bins[binOf(rank, length)];
    }
    return rank;
}

} // namespace Fanfare
