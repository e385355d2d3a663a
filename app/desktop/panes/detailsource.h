// SPDX-License-Identifier: MIT
#pragma once

namespace Fanfare {

class DetailsPane;
class TimelineWidget;

/// From now on \a details shows what is selected in \a timeline.
void showSelectionOf(TimelineWidget &timeline, DetailsPane &details);

} // namespace Fanfare
