// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparisonreport.h>
#include <fanfare/runs/runloading.h>

#include <functional>
#include <memory>
#include <stop_token>

namespace Fanfare {

/// Two sides that were read from files, and what came of comparing them. The comparison borrows
/// the samples beside it, so it neither moves nor changes.
struct ComparedRuns
{
    ComparedRuns() = default;
    ComparedRuns(const ComparedRuns &) = delete;
    ComparedRuns &operator=(const ComparedRuns &) = delete;

    QStringList left; ///< run files of side A, the baseline: rounds of one configuration
    QStringList right;
    LoadedRun a;
    LoadedRun b;
    Comparison comparison;
    Verdict verdict;
    ComparisonReport report;
};

/// Reads and compares. Errors: those of RunReader::open(). A stop request on \a stop ends it early
/// with a result that means nothing. [any], blocks: 2 s for twice a million spans.
Result<std::shared_ptr<const ComparedRuns>> compareFiles(
    const QStringList &left, const QStringList &right, const std::function<void(double)> &progress,
    std::stop_token stop);

} // namespace Fanfare
