// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/rowlayout.h"

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

    int column() const { return m_x; }           ///< the first one that it has not dealt with
    size_t started() const { return m_started; } ///< spans that start left of it

    /// The wait of the span at \a position as far as it is in view; nothing if too narrow.
    std::optional<WaitBox> waitOf(size_t position) const;

private:
    bool isNarrow(qint64 time) const;
    bool isWide(size_t position) const;
    void addColumn(qint64 end, size_t started);
    void addWait(size_t started);
    void addReply(size_t position);
    int addBox(int x, size_t position);
    int columnAfter(qint64 time, size_t started) const;

    const SpanRow &m_row;
    const TimeAxis &m_axis;
    const int m_width;
    RowLayout &m_layout;
    int m_x;
    qint64 m_time;    ///< at the left edge of the column
    size_t m_started; ///< spans that started before m_time
};

} // namespace Fanfare
