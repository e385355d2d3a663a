// SPDX-License-Identifier: MIT
#include "timelinelink.h"

#include "desktop/timeline/timelinescene.h"

#include <fanfare/runs/runinfo.h>

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

RunBegin RunBegin::of(const RunInfo &info)
{
    return {info.begin, info.beginUtc};
}

RunMoments RunMoments::of(const TimelineScene &scene, const RunBegin &begin)
{
    const TimelineTracks &tracks = scene.tracks();
    if (tracks.isEmpty())
        return {.begin = begin};
    const EmissionTrack &emissions = tracks.emissions();
    return {emissions.size() > 0 ? emissions[0].time : tracks.firstTime(), firstStartOf(tracks),
            tracks.lastTime(), begin};
}

std::optional<qint64> momentOf(const RunAlignment &alignment, const RunMoments &moments,
                               const EmissionTrack &emissions, const TimelineNotes &notes)
{
    switch (alignment.kind) {
    case RunAlignment::Kind::RunStart:
        return moments.begin.time;
    case RunAlignment::Kind::FirstStart:
        return moments.firstStart;
    case RunAlignment::Kind::End:
        return moments.end;
    case RunAlignment::Kind::WallClock:
        return moments.begin.time - moments.begin.utc * 1'000'000;
    case RunAlignment::Kind::Emission:
        if (alignment.emission < 1 || alignment.emission > emissions.size())
            return {};
        return emissions[alignment.emission - 1].time;
    case RunAlignment::Kind::Note: {
        const auto note = std::ranges::find(notes.all(), alignment.note, &TimelineNote::text);
        return note == notes.all().end() ? std::nullopt : std::optional(note->from);
    }
    case RunAlignment::Kind::FirstEmission:
        break;
    }
    return moments.firstEmission;
}

qint64 TimelineLink::toB(qint64 time) const
{
    return b + std::llround(static_cast<double>(time - a) * stretch);
}

qint64 TimelineLink::toA(qint64 time) const
{
    return a + std::llround(static_cast<double>(time - b) / stretch);
}

TimelineLink stretchedLink(const RunMoments &a, const RunMoments &b)
{
    const qint64 lengthA = a.end - a.firstEmission;
    const qint64 lengthB = b.end - b.firstEmission;
    const bool canStretch = lengthA > 0 && lengthB > 0;
    return {a.firstEmission, b.firstEmission,
            canStretch ? static_cast<double>(lengthB) / static_cast<double>(lengthA) : 1};
}

} // namespace Fanfare
