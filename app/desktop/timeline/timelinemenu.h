// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/spancolors.h"
#include "desktop/timeline/timeaxis.h"
#include "desktop/timeline/timelineactions.h"

#include <functional>

class QMenu;

namespace Fanfare {

/// What a context menu is about, and what is chosen at the moment.
struct TimelineMenuTarget
{
    bool hasTask = false;
    bool hasLane = false;
    bool hasArea = false;
    bool hasNote = false;
    SpanColoring coloring = SpanColoring::Handler;
    RulerTimes times = RulerTimes::SinceStart;
};

/// What the two submenus with choices do.
struct TimelineMenuChoices
{
    std::function<void(SpanColoring)> setColoring;
    std::function<void(RulerTimes)> setTimes;
};

/// Fills \a menu with what makes sense for \a target.
void fillTimelineMenu(QMenu &menu, const TimelineActions &actions, const TimelineMenuTarget &target,
                      const TimelineMenuChoices &choices);

} // namespace Fanfare
