// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/verdict.h>

namespace Fanfare {

/// What tasks took from accepted to known, where the wall times of two runs have no winner.
struct TaskVerdict
{
    Winner winner = Winner::Neither;
    double ratio = 1;     ///< median of b as a multiple of a's, of the handler in words
    QString words;        ///< "basics/sleep 12.1 ms instead of 2.17 ms"
    QStringList contrary; ///< a sentence for each handler for which it is the other way round
};

/// Judges by the handlers that ran on both sides. One counts when the rank test finds a difference
/// of at least a medium effect and its shift is, with the whole interval, beyond ten times the
/// noise: tasks of a round wait for each other, so that they say less than as many rounds. \a
/// apart, at least 1, is how far wall times may be apart; queues grow with them, so it comes on
/// top. Handlers that differ in both directions are weighed by the time of all their tasks. [any]
TaskVerdict judgeTasks(const Comparison &comparison, double apart, const Thresholds &thresholds);

} // namespace Fanfare
