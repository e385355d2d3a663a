// SPDX-License-Identifier: MIT
#include "detailsource.h"

#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"
#include "detailspane.h"

#include <algorithm>

namespace Fanfare {

/// Where there is something: the view may reach beyond the run.
static LaneTimes timesOf(const TimelineScene &scene)
{
    const TimeRange whole{scene.tracks().firstTime(), scene.now()};
    const TimeRange inView{std::max(scene.view().begin, whole.from),
                           std::min(scene.viewEnd(), whole.to)};
    return {{inView.from, std::max(inView.from, inView.to)}, whole};
}

void showSelectionOf(TimelineWidget &timeline, DetailsPane &details)
{
    QObject::connect(&timeline, &TimelineWidget::taskSelected, &details, &DetailsPane::showTask);
    QObject::connect(&timeline, &TimelineWidget::tasksSelected, &details, &DetailsPane::showTasks);
    QObject::connect(&timeline, &TimelineWidget::laneSelected, &details, &DetailsPane::showLane);
    QObject::connect(&timeline, &TimelineWidget::viewChanged, &details,
                     &DetailsPane::refreshLaneSoon);
    details.setLaneTimes([&timeline] { return timesOf(timeline.scene()); });
}

} // namespace Fanfare
