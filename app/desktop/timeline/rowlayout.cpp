// SPDX-License-Identifier: MIT
#include "desktop/timeline/rowlayout.h"

#include "desktop/timeline/rowwalk.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

void RowLayout::clear()
{
    columns.clear();
    boxes.clear();
    waits.clear();
    replies.clear();
}

void layoutRow(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout)
{
    layout.clear();
    RowWalk(row, axis, width, layout).run(width);
}

static bool isTooNarrow(int left, int right)
{
    return right - left < static_cast<int>(minimumBoxWidth);
}

/// Moves everything by \a pixels, clipped to \a width.
static void move(RowLayout &layout, int pixels, int width)
{
    for (TimeColumn &column : layout.columns)
        column.x += pixels;
    std::erase_if(layout.columns,
                  [width](const TimeColumn &column) { return column.x < 0 || column.x >= width; });
    for (SpanBox &box : layout.boxes) {
        box.left = std::max(0, box.left + pixels);
        box.right += pixels;
        box.showsEnd = box.showsEnd && box.right < width;
        box.right = std::min(width, box.right);
    }
    std::erase_if(layout.boxes, [](const SpanBox &box) { return box.right <= box.left; });
    for (WaitBox &wait : layout.waits) {
        wait.left = std::max(0, wait.left + pixels);
        wait.right += pixels;
        wait.sent = std::clamp(wait.sent + pixels, wait.left, std::max(wait.left, wait.right));
    }
    std::erase_if(layout.waits, [width](const WaitBox &wait) {
        return isTooNarrow(wait.left, wait.right) || wait.right >= width;
    });
    for (ReplyBox &reply : layout.replies) {
        reply.left = std::max(0, reply.left + pixels);
        reply.right = std::min(width, reply.right + pixels);
    }
    std::erase_if(layout.replies,
                  [](const ReplyBox &reply) { return isTooNarrow(reply.left, reply.right); });
}

/// Lays out anew from about column \a from to the right edge.
static void renewRight(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout,
                       int from)
{
    // A box is laid out from its start or not at all.
    while (!layout.boxes.empty() && layout.boxes.back().right > from) {
        from = std::min(from, layout.boxes.back().left - 1);
        layout.boxes.pop_back();
    }
    if (from <= 0)
        return layoutRow(row, axis, width, layout);
    while (!layout.columns.empty() && layout.columns.back().x >= from)
        layout.columns.pop_back();
    const size_t started = row.startedBefore(axis.timeAt(from));
    while (!layout.waits.empty() && layout.waits.back().position >= started)
        layout.waits.pop_back();
    while (!layout.replies.empty() && layout.replies.back().position + 1 >= started)
        layout.replies.pop_back();
    RowWalk(row, axis, width, layout, from).run(width);
}

template <typename Entry, typename Predicate>
static void replaceFront(std::vector<Entry> &entries, std::vector<Entry> &front, Predicate isOld)
{
    const auto kept = std::find_if_not(entries.begin(), entries.end(), isOld);
    front.insert(front.end(), kept, entries.end());
    entries.swap(front);
}

/// Lays out anew from the left edge to about column \a to.
static void renewLeft(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout,
                      int to)
{
    RowLayout front;
    RowWalk walk(row, axis, width, front);
    walk.run(to);
    const int end = walk.column();
    const size_t started = walk.started();
    const auto startsEarlier = [started](const auto &entry) { return entry.position < started; };
    replaceFront(layout.columns, front.columns,
                 [end](const TimeColumn &column) { return column.x < end; });
    replaceFront(layout.boxes, front.boxes, startsEarlier);
    replaceFront(layout.waits, front.waits, startsEarlier);
    replaceFront(layout.replies, front.replies, startsEarlier);
    for (WaitBox &wait : layout.waits) // those that were clipped at the left edge
        wait = walk.waitOf(wait.position).value_or(wait);
}

void RowCache::update(const SpanRow &row, const TimeAxis &axis, int width, RowLayout &layout)
{
    const bool isSameGrid = m_axis.origin == axis.origin && m_axis.nsPerPixel == axis.nsPerPixel
        && m_axis.folds == axis.folds && m_width == width && m_columns == row.columns()
        && m_first == row.first() && m_size <= row.size() && std::floor(axis.column) == axis.column;
    const double moved = axis.column - m_axis.column;
    const double changed = m_size < row.size() ? std::floor(axis.xOf(m_lastFinish)) - 1 : width;
    if (!isSameGrid || m_size == m_first || std::abs(moved) >= width - 8 || changed <= 0) {
        layoutRow(row, axis, width, layout);
    } else if (moved != 0 || changed < width) {
        move(layout, -static_cast<int>(moved), width);
        // The edges have rules of their own, so that they are laid out anew in any case.
        constexpr int edge = 4;
        if (moved < 0)
            renewLeft(row, axis, width, layout, static_cast<int>(-moved) + edge);
        else if (moved > 0)
            renewLeft(row, axis, width, layout, 1);
        const double right = width - 1 - std::max(0.0, moved);
        renewRight(row, axis, width, layout, static_cast<int>(std::min(right, changed)));
    }
    m_axis = axis;
    m_width = width;
    m_columns = row.columns();
    m_first = row.first();
    m_size = row.size();
    m_lastFinish = row.lastFinish();
}

} // namespace Fanfare
