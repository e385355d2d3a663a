// SPDX-License-Identifier: MIT
#include "desktop/timeline/idlegaps.h"

#include "desktop/timeline/timefolds.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Fanfare {

static constexpr qint64 farPast = std::numeric_limits<qint64>::min() / 4;
static constexpr qint64 farFuture = std::numeric_limits<qint64>::max() / 4;

/// From when on the task at \a position waited. The next ones of its row may have waited longer,
/// where workers do not take the oldest first.
static qint64 waitedFrom(const SpanRow &row, size_t position)
{
    constexpr size_t looked = 4;
    qint64 from = farFuture;
    for (size_t at = position; at < std::min(row.size(), position + looked); ++at)
        from = std::min(from, row.started(at) - row.wait(at));
    return from;
}

void IdleGaps::addRow(const SpanRow &row, qint64 time, Moment &moment) const
{
    if (row.isEmpty())
        return;
    const SpanEdge edge = row.edgeAt(time);
    if (edge.started > row.first()) {
        const qint64 end = edge.lastFinish + row.repliedAfter(edge.started - 1);
        moment.idleFrom = std::max(moment.idleFrom, end);
        if (end > time) {
            moment.isIdle = false;
            moment.busyFrom = std::min(moment.busyFrom, edge.lastFinish - edge.lastLength);
        }
    }
    if (edge.started == row.size())
        return;
    const qint64 from = waitedFrom(row, edge.started);
    moment.idleTo = std::min(moment.idleTo, from);
    if (from <= time) {
        moment.isIdle = false;
        moment.idleFrom = std::max(moment.idleFrom, row.started(edge.started));
        moment.busyFrom = std::min(moment.busyFrom, from);
    }
}

void IdleGaps::addOpen(qint64 time, Moment &moment) const
{
    for (const std::vector<OpenSpan> *open : {&m_tracks.open(), &m_tracks.queued()}) {
        for (const OpenSpan &span : *open) {
            const qint64 from = span.task.queued;
            moment.idleTo = std::min(moment.idleTo, from);
            if (from > time)
                continue;
            moment.isIdle = false;
            moment.idleFrom = farFuture; // it may go on for ever
            moment.busyFrom = std::min(moment.busyFrom, from);
        }
    }
}

IdleGaps::Moment IdleGaps::at(qint64 time) const
{
    Moment moment{farPast, farFuture, farFuture, true};
    addOpen(time, moment);
    for (const LaneTrack &lane : m_tracks.lanes()) {
        for (const SpanRow &row : lane.rows)
            addRow(row, time, moment);
    }
    return moment;
}

std::optional<IdleGap> IdleGaps::next(qint64 time, qint64 shortest, qint64 limit) const
{
    const qint64 step = std::max<qint64>(1, shortest / 2);
    while (time < limit) {
        const Moment here = at(time);
        if (here.isIdle && here.idleTo == farFuture)
            return std::nullopt; // the run is over
        if (!here.isIdle) {
            time = std::max(here.idleFrom, time + step);
            continue;
        }
        if (here.idleFrom != farPast && here.idleTo - here.idleFrom >= shortest)
            return IdleGap{here.idleFrom, here.idleTo};
        time = std::max(here.idleTo, time + 1);
    }
    return std::nullopt;
}

std::optional<IdleGap> IdleGaps::previous(qint64 time, qint64 shortest, qint64 limit) const
{
    const qint64 step = std::max<qint64>(1, shortest / 2);
    qint64 before = time; // the moment just before is looked at: that of an end is idle
    while (before > limit) {
        const Moment here = at(before - 1);
        if (here.isIdle && here.idleFrom == farPast)
            return std::nullopt; // nothing has happened yet
        if (!here.isIdle) {
            before = std::min(here.busyFrom, before - step);
            continue;
        }
        if (here.idleTo != farFuture && here.idleTo - here.idleFrom >= shortest)
            return IdleGap{here.idleFrom, here.idleTo};
        before = std::min(here.idleFrom, before - 1);
    }
    return std::nullopt;
}

/// What of \a gap is folded: all but a margin, by whole pixels, so that columns share their edges
/// with those of other views.
static TimeFold foldOf(const IdleGap &gap, double nsPerPixel)
{
    constexpr double margin = 8; // pixels
    constexpr double shown = 24; // pixels, or a part of one more
    const auto space = static_cast<qint64>(margin * nsPerPixel);
    TimeFold fold{gap.from + space, gap.to - space, 1, gap.to - gap.from};
    const auto length = static_cast<double>(fold.to - fold.from);
    const double removed = std::floor(length / nsPerPixel - shown) * nsPerPixel;
    fold.shown = std::max<qint64>(1, fold.to - fold.from - std::llround(removed));
    return fold;
}

std::shared_ptr<const TimeFolds> IdleGaps::foldsAround(qint64 anchor, const FoldLook &look) const
{
    const auto pixels = [&](double count) { return static_cast<qint64>(count * look.nsPerPixel); };
    const qint64 shortest = std::max<qint64>(1, pixels(look.shortest));
    std::vector<TimeFold> folds;
    // What is left to be covered shrinks by what lies between folds, and by the folds as shown.
    qint64 room = pixels(look.right);
    qint64 from = anchor;
    qint64 to = anchor;
    while (const auto gap = next(from, shortest, from + room)) {
        to = std::min(to, gap->from);
        folds.push_back(foldOf(*gap, look.nsPerPixel));
        room -= std::max<qint64>(0, gap->from - from) + folds.back().shown;
        from = gap->to;
        if (room <= 0)
            break;
    }
    std::vector<TimeFold> before;
    room = pixels(look.left);
    while (const auto gap = previous(to, shortest, to - room)) {
        before.push_back(foldOf(*gap, look.nsPerPixel));
        room -= std::max<qint64>(0, to - gap->to) + before.back().shown;
        to = gap->from;
        if (room <= 0)
            break;
    }
    folds.insert(folds.begin(), before.rbegin(), before.rend());
    return folds.empty() ? nullptr : std::make_shared<const TimeFolds>(std::move(folds), anchor);
}

} // namespace Fanfare
