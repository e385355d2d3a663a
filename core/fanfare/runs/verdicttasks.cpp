// SPDX-License-Identifier: MIT
#include "fanfare/runs/verdicttasks.h"

#include "fanfare/runs/comparisonreport.h"
#include "fanfare/runs/durationwords.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

/// A handler whose tasks took clearly longer on one side.
struct Finding
{
    const HandlerComparison *handler = nullptr;
    Winner winner = Winner::Neither;
    double ratio = 1;  ///< of the medians, of b to a
    double weight = 0; ///< nanoseconds that all its tasks took longer

    double median(Winner side) const
    {
        return double((side == Winner::A ? handler->a : handler->b)->total.quantile(0.5));
    }
    Winner loser() const { return winner == Winner::A ? Winner::B : Winner::A; }
};

} // namespace

/// Vargha and Delaney call an effect medium from there on.
static bool isMedium(double larger)
{
    constexpr double medium = 0.64;
    return std::max(larger, 1 - larger) >= medium;
}

/// Winner::Neither when the difference does not count.
static Finding findingOf(const HandlerComparison &handler, double limit)
{
    Finding finding{.handler = &handler};
    const Difference &total = handler.total;
    const bool isJudged =
        total.judgement == Judgement::Slower || total.judgement == Judgement::Faster;
    if (!handler.a || !handler.b || !isJudged || !isMedium(total.test.larger))
        return finding;
    const bool isSlower = total.judgement == Judgement::Slower;
    const Winner winner = isSlower ? Winner::A : Winner::B;
    const double better = finding.median(winner);
    const double worse = finding.median(isSlower ? Winner::B : Winner::A);
    const double least = better + (isSlower ? total.shift.lower : -total.shift.upper);
    if (better <= 0 || std::min(least, worse) <= limit * better)
        return finding;
    finding.winner = winner;
    finding.ratio = isSlower ? worse / better : better / worse;
    finding.weight = (worse - better) * double(std::max(handler.a->started, handler.b->started));
    return finding;
}

static double allTime(const RunSamples &run)
{
    double sum = 0;
    for (const HandlerSamples &handler : run.handlers)
        sum += handler.total.mean() * double(handler.started);
    return sum;
}

/// The weightiest first; a handler that takes next to nothing of a run says nothing of it.
static std::vector<Finding> findingsOf(const Comparison &comparison, double limit, double noise)
{
    const double all = std::max(allTime(*comparison.a), allTime(*comparison.b));
    std::vector<Finding> findings;
    for (const HandlerComparison &handler : comparison.handlers) {
        const Finding finding = findingOf(handler, limit);
        if (finding.winner != Winner::Neither && finding.weight > noise * all)
            findings.push_back(finding);
    }
    std::ranges::stable_sort(findings, std::ranges::greater(), &Finding::weight);
    return findings;
}

static QString wordsOf(const Finding &finding)
{
    return u"%1 %2 instead of %3"_s.arg(handlerName(finding.handler->key),
                                        durationWords(finding.median(finding.loser())),
                                        durationWords(finding.median(finding.winner)));
}

TaskVerdict judgeTasks(const Comparison &comparison, double apart, const Thresholds &thresholds)
{
    const double limit = (1 + 10 * thresholds.noise) * apart;
    const std::vector<Finding> findings = findingsOf(comparison, limit, thresholds.noise);
    double longer = 0; // on b
    for (const Finding &finding : findings)
        longer += finding.winner == Winner::A ? finding.weight : -finding.weight;
    TaskVerdict verdict;
    if (findings.empty())
        return verdict;
    verdict.winner = longer >= 0 ? Winner::A : Winner::B;
    for (const Finding &finding : findings) {
        if (finding.winner != verdict.winner)
            verdict.contrary.append(u"The other way round: %1."_s.arg(wordsOf(finding)));
        else if (verdict.words.isEmpty())
            std::tie(verdict.words, verdict.ratio) = std::tuple(wordsOf(finding), finding.ratio);
    }
    return verdict;
}

} // namespace Fanfare
