// SPDX-License-Identifier: MIT
// What a RunModel forgets when it is cleared, and how it comes back.
#include "desktop/models/runmodel_p.h"

#include <algorithm>
#include <utility>

namespace Fanfare {

RunModel::Private::Content RunModel::Private::takeContent()
{
    Content content;
    content.laneEvents.resize(size_t(identity.laneCount()));
    for (size_t lane = 0; lane < content.laneEvents.size(); ++lane)
        content.laneEvents[lane] = lanes.events(quint32(lane));
    content.spans = std::exchange(spans, RunSpans());
    content.details = std::exchange(details, RunDetails());
    content.log = std::exchange(log, RunLog());
    content.marks = std::exchange(marks, {});
    content.gaps = std::exchange(gaps, {});
    content.ends = std::exchange(ends, {});
    content.totals = std::exchange(totals, RunTotals());
    content.startTime = std::exchange(startTime, 0);
    lanes.clearEvents();
    spans.setRunning(running, live.time);
    totals.running = live.running.size();
    totals.queued = live.queuedCount;
    return content;
}

/// Spans are added again one by one: a row of the timeline belongs to one set of spans only.
static std::vector<SpanEntry> entriesOf(const RunSpans &spans)
{
    std::vector<SpanEntry> entries;
    entries.reserve(spans.size());
    for (size_t index = 0; index < spans.size(); ++index) {
        if (const std::optional<SpanPlace> place = spans.placeAt(index))
            entries.push_back(spans.at(*place));
    }
    return entries;
}

static void add(RunTotals &totals, const RunTotals &more)
{
    totals.emissions += more.emissions;
    totals.droppedSpans += more.droppedSpans;
}

/// Started would make a process serve the lane once more; who served it when was never forgotten.
void RunModel::Private::append(Content &newer)
{
    std::vector<SpanEntry> entries = entriesOf(newer.spans);
    addSpans(entries);
    details.append(newer.details);
    log.append(newer.log);
    marks.insert(marks.end(), newer.marks.begin(), newer.marks.end());
    gaps.insert(gaps.end(), newer.gaps.begin(), newer.gaps.end());
    ends.insert(ends.end(), newer.ends.begin(), newer.ends.end());
    for (size_t lane = 0; lane < newer.laneEvents.size(); ++lane)
        lanes.putBack(quint32(lane), newer.laneEvents[lane]);
    add(totals, newer.totals);
    noteTime(newer.startTime);
}

} // namespace Fanfare
