// SPDX-License-Identifier: MIT
#include "markedtimes.h"

#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

namespace Fanfare {

std::optional<LogTimes> markedTimes(const TimelineWidget &timeline)
{
    const std::optional<TimelineArea> &area = timeline.scene().area().area();
    return area ? std::optional(LogTimes{area->from, area->to, area->lanes}) : std::nullopt;
}

} // namespace Fanfare
