// SPDX-License-Identifier: MIT
#include "desktop/timeline/laneheader.h"

namespace Fanfare {

QRect headerRect(const TimelineFrame &frame, const LanePlace &place)
{
    return QRect(0, laneY(frame, place), frame.areas.headers.width(), place.height);
}

QRect headerButton(const QRect &header, int index)
{
    constexpr int buttons = 3;
    const int left = header.right() + 1 - (buttons - index) * headerButtonWidth - 2;
    const int height = std::min(headerButtonWidth, header.height());
    return QRect(left, header.y() + std::min(4, (header.height() - height) / 2), headerButtonWidth,
                 height);
}

HeaderPart headerPartAt(const QRect &header, QPoint point, bool hasCheckBox)
{
    if (hasCheckBox && point.x() < headerCheckWidth)
        return HeaderPart::Check;
    constexpr HeaderPart parts[]{HeaderPart::Pin, HeaderPart::Hide, HeaderPart::Height};
    for (int i = 0; i < 3; ++i) {
        if (headerButton(header, i).contains(point))
            return parts[i];
    }
    return HeaderPart::Name;
}

} // namespace Fanfare
