// SPDX-License-Identifier: MIT
#include "fanfare/runs/seriescomparison.h"

namespace Fanfare {

Result<SeriesComparison> SeriesComparison::read(const QList<QStringList> &sides,
                                                const std::function<void(double)> &progress,
                                                std::stop_token stop)
{
    SeriesComparison series;
    series.m_files = sides;
    for (const QStringList &files : sides) {
        const auto ofAll = [&](double share) {
            progress((double(series.m_sides.size()) + share) / double(sides.size()));
        };
        Result<LoadedRun> loaded =
            loadRuns(files, progress ? ofAll : std::function<void(double)>(), stop);
        if (!loaded)
            return loaded.error();
        series.m_sides.push_back(*std::move(loaded));
    }
    for (size_t i = 1; i < series.m_sides.size(); ++i) {
        const LoadedRun &base = series.m_sides.front();
        const LoadedRun &side = series.m_sides[i];
        Pair pair{.comparison = compareRuns(base.samples, side.samples, {}, stop),
                  .damages = base.damages + side.damages};
        pair.verdict = judgeRuns(pair.comparison);
        series.m_pairs.push_back(std::move(pair));
    }
    return series;
}

std::vector<ReportSource> SeriesComparison::pairs() const
{
    std::vector<ReportSource> pairs;
    for (size_t i = 0; i < m_pairs.size(); ++i) {
        const Pair &pair = m_pairs[i];
        pairs.push_back({pair.comparison, pair.verdict, pair.damages, m_files.front().value(0),
                         m_files[qsizetype(i) + 1].value(0)});
    }
    return pairs;
}

} // namespace Fanfare
