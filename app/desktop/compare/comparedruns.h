// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparisonreport.h>
#include <fanfare/runs/runside.h>

#include <functional>
#include <memory>
#include <stop_token>

namespace Fanfare {

/// One side of several, as a list shows it.
struct SideListing
{
    RunInfo info;    ///< of the first round
    qint64 wall = 0; ///< nanoseconds, median over rounds that have ended; 0: none has
};

/// Two sides that were read from files, and what came of comparing them.
struct ComparedRuns
{
    QStringList left; ///< run files of side A, the baseline: rounds of one configuration
    QStringList right;
    std::vector<SideListing> sides; ///< all that could be compared
    size_t leftSide = 0;            ///< which of them the two are
    size_t rightSide = 1;
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
    /// Each of \a sides are run files, rounds of one configuration; \a left is the number of the
    /// baseline, \a right that of the one that is compared with it.
    RunComparer(QList<QStringList> sides, size_t left, size_t right);

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

    void list();
    static Result<bool> read(SideFiles &side, const std::function<void(double)> &progress,
                             const std::stop_token &stop);

    const QList<QStringList> m_sides;
    const size_t m_leftSide;
    const size_t m_rightSide;
    std::vector<SideListing> m_listings; ///< of m_sides, read once
    SideFiles m_left;
    SideFiles m_right;
};

} // namespace Fanfare
