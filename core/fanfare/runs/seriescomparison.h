// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/comparisonexport.h>
#include <fanfare/runs/runloading.h>

namespace Fanfare {

/// The sides of a series, each but the first compared with it.
///
/// Threads: [owner].
class SeriesComparison final
{
public:
    /// Reads \a sides, each of which are the run files of one configuration, and compares them.
    /// \a progress, unless it is empty, is told the share that is done; a stop request on \a stop
    /// ends it early with a result that means nothing. Errors: those of RunReader::open(). [any],
    /// blocks as loadRuns() does for each side.
    static Result<SeriesComparison> read(const QList<QStringList> &sides,
                                         const std::function<void(double)> &progress = {},
                                         std::stop_token stop = {});

    SeriesComparison(SeriesComparison &&other) = default;
    SeriesComparison &operator=(SeriesComparison &&other) = default;

    /// What the reports are made of; borrows from this. Empty when there is one side only.
    std::vector<ReportSource> pairs() const;

private:
    struct Pair
    {
        Comparison comparison; ///< borrows from m_sides
        Verdict verdict;
        QStringList damages;
    };

    SeriesComparison() = default;

    QList<QStringList> m_files;
    std::vector<LoadedRun> m_sides; ///< complete before anything borrows from it
    std::vector<Pair> m_pairs;      ///< of side 0 and each other
};

} // namespace Fanfare
