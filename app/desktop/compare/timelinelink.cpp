// SPDX-License-Identifier: MIT
#include "timelinelink.h"

#include "desktop/timeline/timelinescene.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

static qint64 firstStartOf(const TimelineTracks &tracks)
{
    qint64 first = tracks.lastTime();
    for (const LaneTrack &lane : tracks.lanes()) {
        for (const SpanRow &row : lane.rows) {
            if (!row.isEmpty())
                first = std::min(first, row.started(row.first()));
        }
    }
    return first;
}

RunMoments RunMoments::of(const TimelineScene &scene)
{
    const TimelineTracks &tracks = scene.tracks();
    if (tracks.isEmpty())
        return {};
    const EmissionTrack &emissions = tracks.emissions();
    return {emissions.size() > 0 ? emissions[0].time : tracks.firstTime(), firstStartOf(tracks),
            tracks.lastTime()};
}

qint64 TimelineLink::toB(qint64 time) const
{
    return b + std::llround(static_cast<double>(time - a) * stretch);
}

qint64 TimelineLink::toA(qint64 time) const
{
    return a + std::llround(static_cast<double>(time - b) / stretch);
}

TimelineLink linkOf(const RunMoments &a, const RunMoments &b, RunAlignment alignment,
                    bool isStretched)
{
    const qint64 lengthA = a.end - a.firstEmission;
    const qint64 lengthB = b.end - b.firstEmission;
    if (isStretched && lengthA > 0 && lengthB > 0)
        return {a.firstEmission, b.firstEmission,
                static_cast<double>(lengthB) / static_cast<double>(lengthA)};
    switch (alignment) {
    case RunAlignment::FirstStart:
        return {a.firstStart, b.firstStart, 1};
    case RunAlignment::End:
        return {a.end, b.end, 1};
    case RunAlignment::FirstEmission:
        break;
    }
    return {a.firstEmission, b.firstEmission, 1};
}

} // namespace Fanfare
