// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/spanrow.h"

#include <vector>

namespace Fanfare {

/// What a part of the timeline holds. Times are nanoseconds.
struct AreaStatistics
{
    qint64 from = 0;
    qint64 to = 0;
    size_t rows = 0;
    quint64 count = 0;    ///< spans that were running in it, be it for a moment
    quint64 failures = 0; ///< among them
    qint64 busy = 0;      ///< running time of all rows inside of it, exact
    SpanSummary spans;    ///< of whole spans, not of the part inside

    double perSecond() const;
    double busyFraction() const; ///< of all rows together
};

/// Counts the spans of an area in steps, so that nobody waits for it. Rows know the sums of each
/// 65,536 spans: of a long row only the edges are looked at one by one. Stopping is not going on.
///
/// Threads: [gui].
class AreaStatisticsPass
{
public:
    AreaStatisticsPass(std::vector<SpanRow> rows, qint64 from, qint64 to);

    /// Counts about \a spans more. Returns whether there are any left.
    bool advance(size_t spans);

    bool isDone() const { return m_row == m_rows.size(); }
    const AreaStatistics &result() const { return m_result; } ///< so far; busy and count are final

private:
    size_t countSome(const SpanRow &row);

    std::vector<SpanRow> m_rows;
    AreaStatistics m_result;
    size_t m_row = 0;
    size_t m_position = 0; ///< in the row, of the next span
    size_t m_end = 0;      ///< of the row's part
    bool m_isInRow = false;
};

} // namespace Fanfare
