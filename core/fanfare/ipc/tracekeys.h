// SPDX-License-Identifier: MIT
#pragma once

namespace Fanfare {

/// The keys of the map that is the payload of a part of a batch.
namespace TraceKeys {

enum Key : int {
    Lanes = 1,
    Spans,
    Details,
    Log,
    DroppedSpans,
    DroppedLines,
    LiveTime,
    Running,
    Queued,
    QueuedCount,
    LaneEvents,
};

} // namespace TraceKeys

} // namespace Fanfare
