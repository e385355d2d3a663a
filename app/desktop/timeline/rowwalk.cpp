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
    , m_wide(static_cast<qint64>(std::ceil(minimumBoxWidth * axis.nsPerPixel)))
    , m_layout(layout)
    , m_x(from)
    , m_edge(row.edgeAt(axis.timeAt(from)))
{
}

const SpanEdge &RowWalk::edgeAt(int x)
{
    if (!m_isDense)
        return m_next = m_row.edgeAt(m_axis.timeAt(x), m_edge.started);
    if (x < m_ahead || x >= m_aheadEnd)
        fillAhead(x);
    return m_edges[static_cast<size_t>(x - m_ahead)];
}

void RowWalk::fillAhead(int x)
{
    m_ahead = x;
    m_aheadEnd = std::min(m_width + 1, x + mostAhead);
    const auto count = static_cast<size_t>(m_aheadEnd - m_ahead);
    for (size_t i = 0; i < count; ++i)
        m_edges[i] = {.time = m_axis.timeAt(x + static_cast<int>(i))};
    m_row.complete(m_edges.data(), count, m_edge.started);
}

void RowWalk::addColumn(const SpanEdge &end)
{
    const size_t first = m_edge.started - (m_edge.isOpen() ? 1 : 0);
    if (first == end.started || end.time == m_edge.time)
        return;
    TimeColumn column;
    column.x = m_x;
    column.busy = static_cast<float>(static_cast<double>(end.busy - m_edge.busy)
                                     / static_cast<double>(end.time - m_edge.time));
    column.touched = static_cast<quint32>(end.started - first);
    column.narrow = column.touched;
    column.failures = end.failures - m_edge.failures;
    if (m_edge.isOpen() && m_edge.isLastFailure)
        ++column.failures;
    column.handler = m_row.longestHandler(first, end.started);
    column.sample = first + column.touched / 2;
    // Wide spans reach out of the column, so only the one that is open at its left edge and the
    // last one can be wide. Their boxes show their failures, except beyond the edges of the view.
    const bool isEdge = m_x == 0 || m_x == m_width - 1;
    const auto removeWide = [&](const SpanEdge &edge) {
        if (isNarrow(edge.lastLength))
            return;
        column.narrow -= 1;
        column.failures -= column.failures > 0 && !isEdge && edge.isLastFailure ? 1 : 0;
    };
    if (m_edge.isOpen())
        removeWide(m_edge);
    if (end.started > m_edge.started)
        removeWide(end);
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

void RowWalk::addWait(const SpanEdge &end)
{
    if (end.started == m_edge.started)
        return;
    // Most have no room: that is known without a look at the span.
    const bool hasEarlier = m_edge.started > m_row.first();
    if (hasEarlier && isNarrow(end.time - m_edge.lastFinish))
        return;
    if (hasEarlier && isNarrow(m_row.started(m_edge.started) - m_edge.lastFinish))
        return;
    if (const std::optional<WaitBox> wait = waitOf(m_edge.started))
        m_layout.waits.push_back(*wait);
}

/// Of the last span that started before \a edge.
void RowWalk::addReply(const SpanEdge &edge)
{
    const size_t position = edge.started - 1;
    const qint64 finished = edge.lastFinish;
    const bool isLast = edge.started == m_row.size();
    const qint64 next = isLast ? std::numeric_limits<qint64>::max() : m_row.started(edge.started);
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

/// The first column after \a edge that may not be empty.
int RowWalk::columnAfter(const SpanEdge &edge) const
{
    if (edge.isOpen() || m_isDense)
        return 0; // the next one; that it is empty is known by then
    if (edge.started == m_row.size())
        return m_width;
    const double x = std::floor(m_axis.xOf(m_row.started(edge.started))) - 1; // rounding errors
    return static_cast<int>(std::clamp(x, 0.0, static_cast<double>(m_width)));
}

void RowWalk::run(int to)
{
    constexpr int few = 64; // columns for which looking ahead does not pay
    if (to - m_x > few) {
        const size_t end = m_row.startedBefore(m_axis.timeAt(to), m_edge.started);
        constexpr size_t sparse = 8; // columns for each span: their edges cost less than a search
        m_isDense = (end - m_edge.started) * sparse > static_cast<size_t>(to - m_x);
    }
    const bool hasReplies = m_row.hasCrossings();
    if (hasReplies && m_edge.started > m_row.first())
        addReply(m_edge); // of a span that started left of here
    while (m_x < to) {
        if (m_edge.started == m_row.size() && m_edge.time >= m_row.lastFinish()) {
            m_x = m_width;
            return;
        }
        const SpanEdge &end = edgeAt(m_x + 1);
        addWait(end);
        if (hasReplies && end.started > m_edge.started)
            addReply(end); // the others of the column have no room for one
        addColumn(end);
        const int x = m_x++;
        if (end.isOpen() && !isNarrow(end.lastLength)) {
            // The last span fills the columns up to its end alone: no need to look at them.
            const bool fillsThis = end.lastFinish - end.lastLength <= m_edge.time;
            if (fillsThis && !m_layout.columns.empty() && m_layout.columns.back().x == x)
                m_layout.columns.pop_back();
            m_x = std::max(m_x, addBox(fillsThis ? x : x + 1, end.started - 1));
        } else {
            m_x = std::max(m_x, columnAfter(end));
        }
        m_edge = end;
        if (m_x != x + 1)
            m_edge.moveTo(m_axis.timeAt(m_x));
    }
}

} // namespace Fanfare
