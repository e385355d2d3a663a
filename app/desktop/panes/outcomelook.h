// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/appearance.h"
#include "desktop/models/taskview.h"

namespace Fanfare {

/// How the panes say and draw an outcome. Every outcome has a shape of its own, so that nobody
/// needs to see colors.
QString outcomeText(Outcome outcome);
QIcon outcomeIcon(Outcome outcome);
Accent outcomeAccent(Outcome outcome);

/// What \a outcome means, for a task that left no sentence of its own; empty when the word says it.
QString outcomeSentence(Outcome outcome);

/// The same for a task that may not have ended yet.
QString taskText(TaskState state, Outcome outcome);
QIcon taskIcon(TaskState state, Outcome outcome);

} // namespace Fanfare
