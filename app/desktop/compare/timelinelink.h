// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Fanfare {

class TimelineScene;

/// What of a run can lie at the same place as in another run. Times are nanoseconds of its clock.
struct RunMoments
{
    qint64 firstEmission = 0;
    qint64 firstStart = 0; ///< of a task
    qint64 end = 0;        ///< of the last task

    static RunMoments of(const TimelineScene &scene); ///< all 0 for a run without tasks
};

/// Where two runs meet that are shown on one axis.
enum class RunAlignment : quint8 { FirstEmission, FirstStart, End };

/// Translates times between two runs: they meet at one moment, and a second of one takes \c stretch
/// seconds of the other.
struct TimelineLink
{
    qint64 a = 0; ///< the moment in run A
    qint64 b = 0; ///< the same in B
    double stretch = 1;

    qint64 toB(qint64 time) const;
    qint64 toA(qint64 time) const;
};

/// \a isStretched: first emission and end of both runs lie at the same places, so that their shapes
/// can be compared; \a alignment counts for nothing then.
TimelineLink linkOf(const RunMoments &a, const RunMoments &b, RunAlignment alignment,
                    bool isStretched);

} // namespace Fanfare
