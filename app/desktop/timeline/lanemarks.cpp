// SPDX-License-Identifier: MIT
#include "desktop/timeline/lanemarks.h"

#include <algorithm>

namespace Fanfare {

static int gravity(LaneEventKind kind)
{
    switch (kind) {
    case LaneEventKind::Failed:
        return 5;
    case LaneEventKind::Died:
        return 4;
    case LaneEventKind::Unresponsive:
        return 3;
    case LaneEventKind::Recycled:
        return 2;
    case LaneEventKind::Stopped:
        return 1;
    case LaneEventKind::Started:
    case LaneEventKind::Responsive:
        break;
    }
    return 0;
}

std::vector<LaneMark> laneMarks(const std::vector<LaneEvent> &events, const TimeAxis &axis,
                                int width)
{
    const qint64 begin = axis.timeAt(-laneMarkDistance); // its symbol may reach into the view
    const auto isBefore = [](const LaneEvent &event, qint64 time) { return event.time < time; };
    auto event = std::lower_bound(events.begin(), events.end(), begin, isBefore);
    std::vector<LaneMark> marks;
    for (; event != events.end() && axis.xOf(event->time) < width; ++event) {
        const double x = axis.xOf(event->time);
        if (marks.empty() || x - marks.back().x >= laneMarkDistance) {
            marks.push_back({x, size_t(event - events.begin()), 1, event->kind});
            continue;
        }
        LaneMark &mark = marks.back();
        ++mark.count;
        if (gravity(event->kind) > gravity(mark.kind))
            mark.kind = event->kind;
    }
    return marks;
}

} // namespace Fanfare
