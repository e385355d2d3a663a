// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/runs/scenario.h>

#include <QString>

#include <chrono>
#include <limits>
#include <vector>

namespace Fanfare {

/// How often the time of a scenario fits into real time: 2 plays it in half of its time, as fast as
/// possible without any waiting. 0.1 to 100, or asFastAsPossible.
using PlaySpeed = double;

inline constexpr PlaySpeed slowestSpeed = 0.1;
inline constexpr PlaySpeed fastestSpeed = 100;
inline constexpr PlaySpeed asFastAsPossible = std::numeric_limits<double>::infinity();

/// "0.5", "10", "max". InvalidArgument for all else. [any]
Result<PlaySpeed> playSpeed(const QString &text);

/// "10 times", "as fast as possible". [any]
QString speedWords(PlaySpeed speed);

/// \a steps with their rates and pauses for \a speed: the same emissions in the same order. [any]
std::vector<ScenarioStep> atSpeed(std::vector<ScenarioStep> steps, PlaySpeed speed);

/// When each emission of \a steps is due, from the start, if none comes late: those without a rate
/// are due when the step begins. [any], O(emissions)
std::vector<std::chrono::nanoseconds> plannedTimes(const std::vector<ScenarioStep> &steps);

} // namespace Fanfare
