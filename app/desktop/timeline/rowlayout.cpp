// SPDX-License-Identifier: MIT
#include "desktop/timeline/rowlayout.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

namespace {

/// One pass from left to right over the columns of a row.
class RowWalk
{
public:
    RowWalk(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout)
        : m_row(row)
        , m_axis(axis)
        , m_width(width)
        , m_layout(layout)
        , m_time(axis.begin)
        , m_started(row.startedBefore(axis.begin))
    {
    }

    void run();

private:
    bool isWide(size_t position) const;
    void addColumn(int x, qint64 end, size_t started);
    void addWait(size_t started);
    void addReply(size_t position);
    int addBox(int x, size_t position);
    int columnAfter(qint64 time, size_t started) const;
    quint32 longest(size_t first, size_t end) const;

    const SpanRow &m_row;
    const TimeAxis &m_axis;
    const int m_width;
    RowLayout &m_layout;
    qint64 m_time;    ///< at the left edge of the column
    size_t m_started; ///< spans that started before m_time
};

bool RowWalk::isWide(size_t position) const
{
    const RowSpan &span = m_row[position];
    return static_cast<double>(span.finished - span.started) >= minimumBoxWidth * m_axis.nsPerPixel;
}

quint32 RowWalk::longest(size_t first, size_t end) const
{
    // A sample is enough for a color, and keeps the cost independent of the zoom.
    constexpr size_t samples = 3;
    const size_t step = std::max<size_t>(1, (end - first) / samples);
    size_t best = first;
    for (size_t at = first; at < end; at += step) {
        const auto length = [this](size_t i) { return m_row[i].finished - m_row[i].started; };
        if (length(at) > length(best))
            best = at;
    }
    return m_row[best].handler;
}

void RowWalk::addColumn(int x, qint64 end, size_t started)
{
    const size_t first = m_row.firstOpenAt(m_time, m_started);
    if (first == started || end == m_time)
        return;
    TimeColumn column;
    column.x = x;
    const qint64 busy = m_row.busyBefore(end, started) - m_row.busyBefore(m_time, m_started);
    column.busy = static_cast<float>(static_cast<double>(busy) / static_cast<double>(end - m_time));
    column.narrow = static_cast<quint32>(started - first);
    column.failures = m_row.failuresAmong(started) - m_row.failuresAmong(first);
    column.handler = longest(first, started);
    // Wide spans reach out of the column, so only its first and last can be one. Their boxes show
    // their failures, except beyond the edges of the view.
    const bool isEdge = x == 0 || x == m_width - 1;
    const auto removeWide = [&](size_t position) {
        column.narrow -= 1;
        column.failures -= isFailure(m_row[position].outcome) && !isEdge ? 1 : 0;
    };
    if (isWide(first))
        removeWide(first);
    if (started - 1 != first && isWide(started - 1))
        removeWide(started - 1);
    m_layout.columns.push_back(column);
}

void RowWalk::addWait(size_t started)
{
    if (started == m_started)
        return;
    const RowSpan &span = m_row[m_started];
    qint64 from = span.queued;
    if (m_started > 0)
        from = std::max(from, m_row[m_started - 1].finished);
    const double left = std::max(0.0, std::ceil(m_axis.xOf(from)));
    const auto right = static_cast<int>(std::floor(m_axis.xOf(span.started)));
    if (right - left < minimumBoxWidth)
        return;
    const double sent = std::floor(m_axis.xOf(span.started - span.sentBefore));
    m_layout.waits.push_back({m_started, static_cast<int>(left),
                              static_cast<int>(std::clamp<double>(sent, left, right)), right});
}

void RowWalk::addReply(size_t position)
{
    const RowSpan &span = m_row[position];
    if (span.repliedAfter == 0)
        return;
    qint64 to = span.finished + span.repliedAfter;
    if (position + 1 < m_row.size())
        to = std::min(to, m_row[position + 1].started);
    const double left = std::max(0.0, std::ceil(m_axis.xOf(span.finished)));
    const double right = std::min<double>(m_width, std::floor(m_axis.xOf(to)));
    if (right - left >= minimumBoxWidth)
        m_layout.replies.push_back({position, static_cast<int>(left), static_cast<int>(right)});
}

int RowWalk::addBox(int x, size_t position)
{
    const RowSpan &span = m_row[position];
    const double begin = std::max(0.0, std::ceil(m_axis.xOf(span.started)));
    const double end = std::floor(m_axis.xOf(span.finished));
    const int left = std::max(x, static_cast<int>(begin));
    const int right = end >= m_width ? m_width : static_cast<int>(end);
    if (right > left)
        m_layout.boxes.push_back({position, left, right, end < m_width});
    return right;
}

/// The first column after \a time that may not be empty; \a started spans started before it.
int RowWalk::columnAfter(qint64 time, size_t started) const
{
    if (m_row.firstOpenAt(time, started) < started)
        return 0; // the next one
    if (started == m_row.size())
        return m_width;
    const double x = std::floor(m_axis.xOf(m_row[started].started)) - 1; // rounding errors
    return static_cast<int>(std::clamp(x, 0.0, static_cast<double>(m_width)));
}

void RowWalk::run()
{
    if (m_started > 0)
        addReply(m_started - 1); // of a span that started left of the view
    for (int x = 0; x < m_width;) {
        if (m_started == m_row.size() && m_time >= m_row.lastFinish())
            return;
        const qint64 end = m_axis.timeAt(x + 1);
        const size_t started = m_row.startedBefore(end, m_started);
        addWait(started);
        if (started > m_started)
            addReply(started - 1); // the others of the column have no room for one
        addColumn(x, end, started);
        ++x;
        if (started > 0 && isWide(started - 1) && m_row[started - 1].finished > end) {
            // The last span fills the columns up to its end alone: no need to look at them.
            const bool fillsThis = m_row[started - 1].started <= m_time;
            if (fillsThis && !m_layout.columns.empty() && m_layout.columns.back().x == x - 1)
                m_layout.columns.pop_back();
            x = std::max(x, addBox(fillsThis ? x - 1 : x, started - 1));
        } else {
            x = std::max(x, columnAfter(end, started));
        }
        m_time = m_axis.timeAt(x);
        m_started = started;
    }
}

} // namespace

void layoutRow(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout)
{
    layout.columns.clear();
    layout.boxes.clear();
    layout.waits.clear();
    layout.replies.clear();
    RowWalk(row, axis, width, layout).run();
}

} // namespace Fanfare
