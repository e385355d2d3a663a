// SPDX-License-Identifier: MIT
#include "comparedruns.h"

namespace Fanfare {

Result<std::shared_ptr<const ComparedRuns>> compareFiles(
    const QStringList &left, const QStringList &right, const std::function<void(double)> &progress,
    std::stop_token stop)
{
    // Reading takes most of the time, counting the rest.
    const auto readA = [&progress](double share) { progress(0.4 * share); };
    const auto readB = [&progress](double share) { progress(0.4 + 0.4 * share); };
    Result<LoadedRun> a = loadRuns(left, readA, stop);
    if (!a)
        return a.error();
    Result<LoadedRun> b = loadRuns(right, readB, stop);
    if (!b)
        return b.error();
    auto compared = std::make_shared<ComparedRuns>();
    compared->left = left;
    compared->right = right;
    compared->a = *std::move(a);
    compared->b = *std::move(b);
    compared->comparison = compareRuns(compared->a.samples, compared->b.samples, {}, stop);
    progress(0.95);
    compared->verdict = judgeRuns(compared->comparison);
    compared->report = reportOf(compared->comparison, compared->verdict,
                                compared->a.damages + compared->b.damages);
    return std::shared_ptr<const ComparedRuns>(std::move(compared));
}

} // namespace Fanfare
