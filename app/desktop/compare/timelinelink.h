// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace Fanfare {

class EmissionTrack;
class TimelineNotes;
class TimelineScene;
struct RunInfo;

/// When a run began, by both clocks.
struct RunBegin
{
    qint64 time = 0; ///< nanoseconds of the run's own clock
    qint64 utc = 0;  ///< the same moment, milliseconds since 1970

    static RunBegin of(const RunInfo &info);
};

/// What of a run can lie at the same place as in another run. Times are nanoseconds of its clock.
struct RunMoments
{
    qint64 firstEmission = 0;
    qint64 firstStart = 0; ///< of a task
    qint64 end = 0;        ///< of the last task
    RunBegin begin;

    /// All but \a begin is 0 for a run without tasks.
    static RunMoments of(const TimelineScene &scene, const RunBegin &begin);
};

/// Where two runs meet that are shown on one axis.
struct RunAlignment
{
    enum class Kind : quint8 {
        RunStart,
        FirstEmission,
        FirstStart, ///< of a task
        Emission,   ///< the \c emission th
        Note,       ///< that both runs have, named \c note
        End,        ///< of the last task
        WallClock,  ///< what happened at the same time of day
    };

    Kind kind = Kind::FirstEmission;
    quint64 emission = 1; ///< rank in its run, from 1
    QString note = {};

    bool operator==(const RunAlignment &other) const = default;
};

/// The moment of a run at which \a alignment has it meet another; nothing when the run has no such
/// emission or note. For the wall clock it is the beginning of 1970.
std::optional<qint64> momentOf(const RunAlignment &alignment, const RunMoments &moments,
                               const EmissionTrack &emissions, const TimelineNotes &notes);

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

/// First emission and end of both runs lie at the same places, so that their shapes can be
/// compared. Without tasks in one of them they meet at the first emission.
TimelineLink stretchedLink(const RunMoments &a, const RunMoments &b);

} // namespace Fanfare
