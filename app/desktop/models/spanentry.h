// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

namespace Fanfare {

/// A finished task as the window knows it. Times are MonotonicClock nanoseconds. The record's
/// numbers of subscriber, event and lane are those of an engine that may be gone; they are not
/// kept.
struct SpanEntry
{
    SpanRecord record;
    quint32 handler = 0; ///< index for RunModel::handler()
    quint32 lane = 0;    ///< index for RunModel::lane()
    bool isOdd = false;  ///< its times contradicted each other, the record has what they must be
};

} // namespace Fanfare
