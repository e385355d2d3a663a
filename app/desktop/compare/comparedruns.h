// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparisonreport.h>
#include <fanfare/runs/runside.h>

#include <functional>
#include <memory>
#include <stop_token>

namespace Fanfare {

/// Two sides that were read from files, and what came of comparing them.
struct ComparedRuns
{
    QStringList left; ///< run files of side A, the baseline: rounds of one configuration
    QStringList right;
    std::shared_ptr<const LoadedRun> a; ///< never null, as the one below
    std::shared_ptr<const LoadedRun> b;
    Comparison comparison; ///< borrows the samples of the two above
    Verdict verdict;
    ComparisonReport report;
    bool goesOn = false; ///< a run of either side is being recorded: all of this may change
};

/// Compares two sides as far as their runs have come: again and again while one of them goes on.
///
/// Threads: [owner]; the owner may change between two calls.
class RunComparer final
{
public:
    /// Both are run files, rounds of one configuration each; \a left is the baseline.
    RunComparer(QStringList left, QStringList right);

    /// Reads what is new and compares. Null when nothing is. Errors: those of RunReader::open(). A
    /// stop request on \a stop ends it early with a result that means nothing. [blocks]: 1 s for
    /// twice a million spans.
    Result<std::shared_ptr<const ComparedRuns>> compare(const std::function<void(double)> &progress,
                                                        std::stop_token stop);

private:
    struct SideFiles
    {
        QStringList files;
        std::optional<RunSide> side = std::nullopt; ///< nothing before the first time
        std::shared_ptr<const LoadedRun> loaded = nullptr;
    };

    static Result<bool> read(SideFiles &side, const std::function<void(double)> &progress,
                             const std::stop_token &stop);

    SideFiles m_left;
    SideFiles m_right;
};

} // namespace Fanfare
