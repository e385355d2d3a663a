// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/rowlayout.h"

#include <array>

namespace Fanfare {

/// One pass from left to right over the columns of a row, or over some of them.
///
/// Threads: [gui].
class RowWalk
{
public:
    /// What is found goes to the end of \a layout. \a width is that of the whole view.
    RowWalk(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout, int from = 0);

    /// Goes on up to column \a to, or to the end of a span that reaches beyond.
    void run(int to);

    int column() const { return m_x; }                ///< the first one that it has not dealt with
    size_t started() const { return m_edge.started; } ///< spans that start left of it

    /// The wait of the span at \a position as far as it is in view; nothing if too narrow.
    std::optional<WaitBox> waitOf(size_t position) const;

private:
    /// Shorter than that is too narrow for a box.
    bool isNarrow(qint64 time) const { return time < m_wide; }
    const SpanEdge &edgeAt(int x); ///< valid until the next call
    void fillAhead(int x);
    void addColumn(const SpanEdge &end);
    void addWait(const SpanEdge &end);
    void addReply(const SpanEdge &edge);
    int addBox(int x, size_t position);
    int columnAfter(const SpanEdge &edge) const;

    static constexpr int mostAhead = 64;

    const SpanRow &m_row;
    const TimeAxis &m_axis;
    const int m_width;
    const qint64 m_wide; ///< the shortest time that is not narrow
    RowLayout &m_layout;
    int m_x;
    SpanEdge m_edge;                         ///< the left one of the column
    SpanEdge m_next;                         ///< the right one, where spans are few
    bool m_isDense = false;                  ///< spans in many columns
    int m_ahead = 0;                         ///< the column of the first of m_edges
    int m_aheadEnd = 0;                      ///< and past the last one
    std::array<SpanEdge, mostAhead> m_edges; ///< left ones of columns to come
};

} // namespace Fanfare
