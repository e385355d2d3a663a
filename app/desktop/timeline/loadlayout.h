// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinetracks.h"

namespace Fanfare {

/// How many tasks ran and waited at once, on average over each column of a view: exact for columns
/// as wide as a bucket of the LoadCurve, see there.
struct LoadColumns
{
    std::vector<float> running; ///< on workers
    std::vector<float> looping; ///< coroutines
    std::vector<float> waiting;
    std::vector<quint32> failures; ///< that started in the column
    float mostTasks = 0;           ///< running and looping together, of the highest column
    float mostWaiting = 0;

    size_t size() const { return running.size(); }
};

/// The load on \a width columns of \a axis, open tasks included up to \a now.
void layoutLoad(const TimelineTracks &tracks, const TimeAxis &axis, int width, qint64 now,
                LoadColumns &columns);

/// The whole run at a glance.
struct Minimap
{
    TimeAxis axis;       ///< of its area, in the widget's pixels
    LoadColumns columns; ///< in device pixels
    double left = 0;     ///< the part that is in view, in the widget's pixels
    double right = 0;
    size_t spans = 0; ///< of the run, when the columns were laid out
    qint64 now = 0;   ///< likewise
};

/// Lays the run out on \a width pixels of a screen with \a ratio device pixels for each; \a view is
/// the axis of the lanes, which are as wide. The columns of the last call are kept while nothing
/// runs, and for a tenth of a second while something does.
void layoutMinimap(const TimelineTracks &tracks, const TimeAxis &view, int width, double ratio,
                   qint64 now, Minimap &minimap);

} // namespace Fanfare
