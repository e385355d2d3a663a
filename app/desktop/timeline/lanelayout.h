// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/lanearrangement.h"
#include "desktop/timeline/textscale.h"
#include "desktop/timeline/timelinetracks.h"

namespace Fanfare {

/// Where a lane stands in the scrolled content, in pixels from its top.
struct LanePlace
{
    quint32 lane = 0;
    int y = 0;
    int height = 0;
    int rows = 1;
    int pitch = 0;          ///< from row to row
    int bar = 0;            ///< height of a span
    int firstRow = 0;       ///< y of the first row's bar
    bool isPinned = false;  ///< stays on top while the others scroll
    bool isInGroup = false; ///< stands below the header of its group

    int rowY(int row) const { return firstRow + row * pitch; }
};

/// Where the header of a group stands, and, when the group is folded, its one lane in it.
struct GroupPlace
{
    LaneGroup group;
    std::vector<quint32> lanes; ///< its workers that are not hidden
    bool isFolded = false;
    int y = 0;
    int height = 0;
    int barY = 0; ///< of the lane that stands for all
    int bar = 0;  ///< its height
};

inline constexpr int groupHeaderHeight = 24; ///< pixels, with text that is not larger than planned

/// Whether groups that are not folded have headers: not where room is scarce.
enum class GroupHeaders : quint8 { Shown, Hidden };

/// Stacks the lanes: workers by group and number, each as high as its rows need.
///
/// Threads: [gui].
class LaneLayout
{
public:
    /// Rows of lanes with several get thinner only where \a available pixels are not enough. Rows
    /// that have a label grow with \a scale.
    void update(const RunModel &model, const TimelineTracks &tracks, int available,
                const LaneArrangement &arrangement = {},
                GroupHeaders headers = GroupHeaders::Hidden, TextScale scale = {});

    /// Lanes that have a place of their own, from top to bottom.
    const std::vector<LanePlace> &places() const { return m_places; }
    const std::vector<GroupPlace> &groups() const { return m_groups; } ///< from top to bottom
    const std::vector<quint32> &order() const { return m_order; } ///< those of folded groups, too
    int contentHeight() const { return m_height; }                ///< of all, pinned ones included
    int pinnedHeight() const;                                     ///< of those that stay on top
    int hiddenCount() const { return m_hiddenCount; }             ///< lanes that the user hid

    const LanePlace *placeOf(quint32 lane) const;
    const GroupPlace *foldedGroupOf(quint32 lane) const;    ///< that shows the lane with others
    const GroupPlace *groupInView(int y, int scroll) const; ///< like placeInView()
    const LanePlace *placeAt(int y) const;                  ///< null between and below

    /// The one in the scrolled content at \a y of the view; pinned ones cover what is below.
    const LanePlace *placeInView(int y, int scroll) const;

private:
    void sortLanes(const RunModel &model);
    void placeLanes(const RunModel &model);
    GroupPlace *groupFor(const LaneGroup &group);
    void stack(int thinning);
    void stackLane(LanePlace &place, int thinning);
    void stackGroup(GroupPlace &group);

    std::vector<LanePlace> m_places;
    std::vector<GroupPlace> m_groups;
    struct Entry ///< of what is stacked: a lane or the header of a group
    {
        bool isGroup = false;
        size_t index = 0;
    };

    std::vector<Entry> m_stack; ///< from top to bottom
    std::vector<quint32> m_order;
    GroupHeaders m_headers = GroupHeaders::Hidden;
    TextScale m_scale;
    int m_height = 0;
    int m_hiddenCount = 0;
    LaneArrangement m_arrangement; ///< as sorted last
    int m_laneCount = 0;
};

} // namespace Fanfare
