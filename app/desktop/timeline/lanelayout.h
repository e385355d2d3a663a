// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinetracks.h"

namespace Fanfare {

/// Where a lane stands in the scrolled content, in pixels from its top.
struct LanePlace
{
    quint32 lane = 0;
    int y = 0;
    int height = 0;
    int rows = 1;
    int pitch = 0;    ///< from row to row
    int bar = 0;      ///< height of a span
    int firstRow = 0; ///< y of the first row's bar

    int rowY(int row) const { return firstRow + row * pitch; }
};

/// Stacks the lanes: workers by kind and number, each as high as its rows need.
///
/// Threads: [gui].
class LaneLayout
{
public:
    /// Rows of lanes with several get thinner only where \a available pixels are not enough.
    void update(const RunModel &model, const TimelineTracks &tracks, int available);

    const std::vector<LanePlace> &places() const { return m_places; } ///< from top to bottom
    int contentHeight() const;

    const LanePlace *placeOf(quint32 lane) const;
    const LanePlace *placeAt(int y) const; ///< null between and below

private:
    void sortLanes(const RunModel &model);
    void stack(int thinning);

    std::vector<LanePlace> m_places;
};

} // namespace Fanfare
