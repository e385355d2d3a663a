// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/lanearrangement.h"
#include "desktop/timeline/timelinetracks.h"

namespace Fanfare {

/// Where a lane stands in the scrolled content, in pixels from its top.
struct LanePlace
{
    quint32 lane = 0;
    int y = 0;
    int height = 0;
    int rows = 1;
    int pitch = 0;         ///< from row to row
    int bar = 0;           ///< height of a span
    int firstRow = 0;      ///< y of the first row's bar
    bool isPinned = false; ///< stays on top while the others scroll

    int rowY(int row) const { return firstRow + row * pitch; }
};

/// Stacks the lanes: workers by kind and number, each as high as its rows need.
///
/// Threads: [gui].
class LaneLayout
{
public:
    /// Rows of lanes with several get thinner only where \a available pixels are not enough.
    void update(const RunModel &model, const TimelineTracks &tracks, int available,
                const LaneArrangement &arrangement = {});

    const std::vector<LanePlace> &places() const { return m_places; } ///< from top to bottom
    int contentHeight() const; ///< of all, pinned ones included
    int pinnedHeight() const;  ///< of those that stay on top
    int hiddenCount() const;   ///< lanes that the user hid

    const LanePlace *placeOf(quint32 lane) const;
    const LanePlace *placeAt(int y) const; ///< null between and below

    /// The one in the scrolled content at \a y of the view; pinned ones cover what is below.
    const LanePlace *placeInView(int y, int scroll) const;

private:
    void sortLanes(const RunModel &model);
    void stack(int thinning);

    std::vector<LanePlace> m_places;
    LaneArrangement m_arrangement; ///< as sorted last
    int m_laneCount = 0;
};

} // namespace Fanfare
