// SPDX-License-Identifier: MIT
#include "desktop/timeline/areastatistics.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace Fanfare {

double AreaStatistics::perSecond() const
{
    return to > from ? static_cast<double>(count) * 1e9 / static_cast<double>(to - from) : 0;
}

double AreaStatistics::busyFraction() const
{
    if (to <= from || rows == 0)
        return 0;
    return static_cast<double>(busy) / static_cast<double>(to - from) / static_cast<double>(rows);
}

/// The positions of the spans of \a row that touch the time from \a from to before \a to.
static std::pair<size_t, size_t> rangeOf(const SpanRow &row, qint64 from, qint64 to)
{
    const size_t started = row.startedBefore(from);
    return {row.firstOpenAt(from, started), row.startedBefore(to, started)};
}

AreaStatisticsPass::AreaStatisticsPass(std::vector<SpanRow> rows, qint64 from, qint64 to)
    : m_rows(std::move(rows))
{
    m_result.from = std::min(from, to);
    m_result.to = std::max(from, to);
    m_result.rows = m_rows.size();
    for (const SpanRow &row : m_rows) {
        const auto [first, end] = rangeOf(row, m_result.from, m_result.to);
        m_result.count += end - first;
        m_result.failures += row.failuresAmong(end) - row.failuresAmong(first);
        m_result.busy += row.busyBetween(m_result.from, m_result.to);
    }
}

bool AreaStatisticsPass::advance(size_t spans)
{
    size_t counted = 0;
    while (m_row < m_rows.size() && counted < spans) {
        const SpanRow &row = m_rows[m_row];
        if (!m_isInRow)
            std::tie(m_position, m_end) = rangeOf(row, m_result.from, m_result.to);
        m_isInRow = true;
        m_position = std::max(m_position, row.first()); // some may have been forgotten meanwhile
        while (m_position < m_end && counted < spans)
            counted += countSome(row);
        if (m_position >= m_end) {
            ++m_row;
            m_isInRow = false;
        }
    }
    return !isDone();
}

/// Counts a chunk or a block. Returns how many spans that was worth in time.
size_t AreaStatisticsPass::countSome(const SpanRow &row)
{
    constexpr size_t worthOfChunk = 1'024; // as many spans take as long as two histograms
    if (const SpanSummary *chunk = row.summaryAt(m_position);
        chunk && m_position + SpanSummary::chunkSize <= m_end) {
        m_result.spans.add(*chunk);
        m_position += SpanSummary::chunkSize;
        return worthOfChunk;
    }
    constexpr size_t ahead = 4 * spanBlockSize;
    const size_t blockEnd = std::min(m_end, (m_position / spanBlockSize + 1) * spanBlockSize);
    row.prefetch(m_position + ahead);
    row.summarize(m_position, blockEnd, m_result.spans);
    return blockEnd - std::exchange(m_position, blockEnd);
}

} // namespace Fanfare
