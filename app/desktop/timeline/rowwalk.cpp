// SPDX-License-Identifier: MIT
#include "desktop/timeline/rowwalk.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Fanfare {

RowWalk::RowWalk(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout, int from)
    : m_row(row)
    , m_axis(axis)
    , m_width(width)
    , m_layout(layout)
    , m_x(from)
    , m_time(axis.timeAt(from))
    , m_started(row.startedBefore(m_time))
{
}

bool RowWalk::isNarrow(qint64 time) const
{
    return static_cast<double>(time) < minimumBoxWidth * m_axis.nsPerPixel;
}

bool RowWalk::isWide(size_t position) const
{
    return !isNarrow(m_row.length(position));
}

void RowWalk::addColumn(qint64 end, size_t started)
{
    const size_t first = m_row.firstOpenAt(m_time, m_started);
    if (first == started || end == m_time)
        return;
    TimeColumn column;
    column.x = m_x;
    const qint64 busy = m_row.busyBefore(end, started) - m_row.busyBefore(m_time, m_started);
    column.busy = static_cast<float>(static_cast<double>(busy) / static_cast<double>(end - m_time));
    column.narrow = static_cast<quint32>(started - first);
    column.failures = m_row.failuresAmong(started) - m_row.failuresAmong(first);
    column.handler = m_row.longestHandler(first, started);
    column.touched = static_cast<quint32>(started - first);
    column.sample = first + column.touched / 2;
    // Wide spans reach out of the column, so only its first and last can be one. Their boxes show
    // their failures, except beyond the edges of the view.
    const bool isEdge = m_x == 0 || m_x == m_width - 1;
    const auto removeWide = [&](size_t position) {
        column.narrow -= 1;
        column.failures -=
            column.failures > 0 && !isEdge && isFailure(m_row.outcome(position)) ? 1 : 0;
    };
    if (isWide(first))
        removeWide(first);
    if (started - 1 != first && isWide(started - 1))
        removeWide(started - 1);
    m_layout.columns.push_back(column);
}

std::optional<WaitBox> RowWalk::waitOf(size_t position) const
{
    const qint64 started = m_row.started(position);
    qint64 from = started - m_row.wait(position);
    if (position > m_row.first())
        from = std::max(from, m_row.finished(position - 1));
    const double left = std::max(0.0, std::ceil(m_axis.xOf(from)));
    const double right = std::floor(m_axis.xOf(started));
    if (right - left < minimumBoxWidth)
        return std::nullopt;
    const double sent = std::floor(m_axis.xOf(started - m_row.sentBefore(position)));
    return WaitBox{position, static_cast<int>(left),
                   static_cast<int>(std::clamp<double>(sent, left, right)),
                   static_cast<int>(right)};
}

void RowWalk::addWait(size_t started)
{
    if (started == m_started)
        return;
    // Most have no room: that is known without a look at the facts of the span.
    if (m_started > m_row.first()
        && isNarrow(m_row.started(m_started) - m_row.finished(m_started - 1)))
        return;
    if (const std::optional<WaitBox> wait = waitOf(m_started))
        m_layout.waits.push_back(*wait);
}

void RowWalk::addReply(size_t position)
{
    const qint64 finished = m_row.finished(position);
    const bool isLast = position + 1 == m_row.size();
    const qint64 next = isLast ? std::numeric_limits<qint64>::max() : m_row.started(position + 1);
    if (isNarrow(next - finished))
        return;
    const quint32 replied = m_row.repliedAfter(position);
    if (replied == 0)
        return;
    const qint64 to = std::min(next, finished + replied);
    const double left = std::max(0.0, std::ceil(m_axis.xOf(finished)));
    const double right = std::min<double>(m_width, std::floor(m_axis.xOf(to)));
    if (right - left >= minimumBoxWidth)
        m_layout.replies.push_back({position, static_cast<int>(left), static_cast<int>(right)});
}

int RowWalk::addBox(int x, size_t position)
{
    const double begin = std::max(0.0, std::ceil(m_axis.xOf(m_row.started(position))));
    const double end = std::floor(m_axis.xOf(m_row.finished(position)));
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
    const double x = std::floor(m_axis.xOf(m_row.started(started))) - 1; // rounding errors
    return static_cast<int>(std::clamp(x, 0.0, static_cast<double>(m_width)));
}

void RowWalk::run(int to)
{
    if (m_started > m_row.first())
        addReply(m_started - 1); // of a span that started left of here
    while (m_x < to) {
        if (m_started == m_row.size() && m_time >= m_row.lastFinish()) {
            m_x = m_width;
            return;
        }
        const qint64 end = m_axis.timeAt(m_x + 1);
        const size_t started = m_row.startedBefore(end, m_started);
        addWait(started);
        if (started > m_started)
            addReply(started - 1); // the others of the column have no room for one
        addColumn(end, started);
        const int x = m_x++;
        if (started > m_row.first() && isWide(started - 1) && m_row.finished(started - 1) > end) {
            // The last span fills the columns up to its end alone: no need to look at them.
            const bool fillsThis = m_row.started(started - 1) <= m_time;
            if (fillsThis && !m_layout.columns.empty() && m_layout.columns.back().x == x)
                m_layout.columns.pop_back();
            m_x = std::max(m_x, addBox(fillsThis ? x : x + 1, started - 1));
        } else {
            m_x = std::max(m_x, columnAfter(end, started));
        }
        m_time = m_axis.timeAt(m_x);
        m_started = started;
    }
}

} // namespace Fanfare
