// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/spanrow.h"
#include "desktop/timeline/timeaxis.h"

#include <optional>
#include <vector>

namespace Fanfare {

/// What one pixel column of a row shows.
struct TimeColumn
{
    int x = 0;
    float busy = 0;       ///< exact fraction of the column's time in which a task was running
    quint32 narrow = 0;   ///< spans in it that are too narrow for a box
    quint32 failures = 0; ///< failures among those
    quint32 handler = 0;  ///< of the longest span among a sample
    quint32 touched = 0;  ///< spans that run in it, those with boxes included
    size_t sample = 0;    ///< position of the middle one of them

    size_t first() const { return sample - touched / 2; } ///< position of the first one
};

/// A span that is wide enough to be drawn for itself.
struct SpanBox
{
    size_t position = 0;   ///< in the row
    int left = 0;          ///< first column that it fills
    int right = 0;         ///< past the last one
    bool showsEnd = false; ///< its end lies in the view
};

/// The time a span waited before it started, as far as its row was free.
struct WaitBox
{
    size_t position = 0;
    int left = 0;
    int sent = 0; ///< from here on it was on the way to its worker; right on threads
    int right = 0;
};

/// The time the result of a span was on its way, as far as its row was free.
struct ReplyBox
{
    size_t position = 0;
    int left = 0;
    int right = 0;
};

struct RowLayout
{
    void clear(); ///< keeps the memory

    std::vector<TimeColumn> columns; ///< from left to right; neither empty ones nor those in boxes
    std::vector<SpanBox> boxes;      ///< from left to right
    std::vector<WaitBox> waits;      ///< from left to right
    std::vector<ReplyBox> replies;   ///< from left to right
};

/// Narrower spans are summed up in columns.
inline constexpr double minimumBoxWidth = 3;

/// Lays \a row out on \a width pixels of \a axis. \a layout is reused: it keeps its memory.
/// Costs O(log(spans in a column)) for each column that is not empty, whatever the length of the
/// row.
void layoutRow(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout);

/// Remembers what a layout shows, and lays out only what comes into view or is new.
///
/// Threads: [gui].
class RowCache
{
public:
    /// Makes \a layout, which nobody else changes, what layoutRow() would make of it. Costs the
    /// columns that are new; all of them after a change of zoom.
    void update(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout);

private:
    TimeAxis m_axis;
    int m_width = 0;
    const SpanColumns *m_columns = nullptr; ///< compared only
    size_t m_first = 0;
    size_t m_size = 0;
    qint64 m_lastFinish = 0;
};

} // namespace Fanfare
