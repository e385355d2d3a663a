// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>

#include <QString>

#include <optional>

namespace Fanfare {

class EmissionTrack;
class RunModel;

/// How long one emission took in one run, in nanoseconds.
struct EmissionTimes
{
    qint64 wait = 0;  ///< from the emission to the start of its first task
    qint64 run = 0;   ///< of all its tasks together
    qint64 total = 0; ///< from the emission to the end of its last task
};

/// Nothing when no task of \a emission has finished.
std::optional<EmissionTimes> timesOf(const RunModel &model, EmissionId emission);

/// The emission of \a other that came as the same one in the order of the run as \a emission did
/// in \a track; nothing when there are not as many. O(emissions).
std::optional<EmissionId> counterpart(const EmissionTrack &track, EmissionId emission,
                                      const EmissionTrack &other);

/// "B − A: waited +1.1 ms, ran +2.3 ms, took +3.4 ms (+19 %)"
QString differenceText(const EmissionTimes &a, const EmissionTimes &b);

} // namespace Fanfare
