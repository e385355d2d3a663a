// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinetracks.h"

namespace Fanfare {

class TimeFolds;

/// From the end of the last task before to the start, or the wait, of the first one after.
struct IdleGap
{
    qint64 from = 0;
    qint64 to = 0;

    bool operator==(const IdleGap &other) const = default;
};

/// How folds of a view look, in pixels.
struct FoldLook
{
    double nsPerPixel = 1;
    double shortest = 60; ///< shorter gaps stay as they are
    double left = 0;      ///< of the anchor that folds are wanted for
    double right = 0;     ///< of the anchor
};

/// Finds times between tasks in which nothing happened. Looks at a few moments, never at all tasks:
/// a gap cannot hide between two moments that lie closer than it is long.
///
/// Threads: [gui].
class IdleGaps
{
public:
    /// \a tracks outlive this.
    explicit IdleGaps(const TimelineTracks &tracks)
        : m_tracks(tracks)
    {
    }

    /// The first gap of at least \a shortest that ends after \a time, or the last one that begins
    /// before it, searched for up to \a limit. O(distance / shortest * rows * log spans).
    std::optional<IdleGap> next(qint64 time, qint64 shortest, qint64 limit) const;
    std::optional<IdleGap> previous(qint64 time, qint64 shortest, qint64 limit) const;

    /// The folds around the moment \a anchor of a view that looks like \a look; null when there are
    /// none.
    std::shared_ptr<const TimeFolds> foldsAround(qint64 anchor, const FoldLook &look) const;

private:
    struct Moment
    {
        qint64 idleFrom = 0; ///< the end of the last task; a far past when there was none
        qint64 idleTo = 0;   ///< the start of the next one; a far future when there is none
        qint64 busyFrom = 0; ///< of those that go on, the first start
        bool isIdle = true;
    };

    Moment at(qint64 time) const;
    void addRow(const SpanRow &row, qint64 time, Moment &moment) const;
    void addOpen(qint64 time, Moment &moment) const;

    const TimelineTracks &m_tracks;
};

} // namespace Fanfare
