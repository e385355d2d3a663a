// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelineframe.h"

namespace Fanfare {

/// What a click into the header of a lane means. The three buttons show under the mouse only.
enum class HeaderPart : quint8 {
    Name,
    Check, ///< whether the lane belongs to the marked area
    Pin,
    Hide,
    Height,
};

inline constexpr int headerButtonWidth = 24; ///< pixels; easy to hit
inline constexpr int headerCheckWidth = 26;  ///< of the box, at the left edge

/// The header of a lane in the widget; may lie partly under pinned ones.
QRect headerRect(const TimelineFrame &frame, const LanePlace &place);

/// Where the n-th of the three buttons is in \a header.
QRect headerButton(const QRect &header, int index);

HeaderPart headerPartAt(const QRect &header, QPoint point, bool hasCheckBox);

} // namespace Fanfare
