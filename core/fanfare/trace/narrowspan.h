// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

namespace Fanfare {

/// Where the numbers of narrow spans begin.
struct NarrowBase
{
    quint64 emission = 0;
    qint64 finished = 0; ///< MonotonicClock nanoseconds
    LaneId lane{};

    /// For \a first and spans that are written soon before and after it: within 2,000,000,000
    /// emissions, and from 16 ms before to 4 s after it.
    static NarrowBase around(const SpanRecord &first)
    {
        return {number(first.task.emission) - (quint64(1) << 31),
                first.finished - (qint64(1) << 24), first.lane};
    }
};

/// A SpanRecord as most are, in less than half of its size: of a thread, and shorter than 4 s. Two
/// of them fill a cache line, and recording costs what its lines cost.
struct NarrowSpan
{
    quint32 emission; ///< from the base on
    quint32 finished; ///< ns from the base on
    quint32 waited;   ///< ns from queued to started
    quint32 ran;      ///< ns from started to finished
    quint32 cpu;      ///< ns + 1; 0: not measured
    quint32 subscriber;
    quint32 event;
    quint16 index;
    Outcome outcome;
    quint8 attempt;

    /// Writes \a span. False, and nothing is written, when it does not fit.
    bool write(const SpanRecord &span, const NarrowBase &base)
    {
        const quint64 fromEmission = number(span.task.emission) - base.emission;
        const auto fromFinished = quint64(span.finished - base.finished);
        const auto waiting = quint64(span.started - span.queued);
        const auto running = quint64(span.finished - span.started);
        const auto cpuTime = quint64(span.cpu + 1);
        const quint64 high = (fromEmission | fromFinished | waiting | running | cpuTime) >> 32;
        const quint32 others = span.sentBefore | span.repliedAfter | span.peakMemory;
        if (high != 0 || others != 0 || span.lane != base.lane)
            return false;
        emission = quint32(fromEmission);
        finished = quint32(fromFinished);
        waited = quint32(waiting);
        ran = quint32(running);
        cpu = quint32(cpuTime);
        subscriber = number(span.subscriber);
        event = span.event;
        index = span.task.index;
        outcome = span.outcome;
        attempt = span.attempt;
        return true;
    }

    SpanRecord read(const NarrowBase &base) const
    {
        SpanRecord span;
        span.task = {EmissionId(base.emission + emission), index};
        span.finished = base.finished + finished;
        span.started = span.finished - ran;
        span.queued = span.started - waited;
        span.cpu = qint64(cpu) - 1;
        span.subscriber = SubscriberId(subscriber);
        span.event = event;
        span.lane = base.lane;
        span.outcome = outcome;
        span.attempt = attempt;
        return span;
    }
};
static_assert(sizeof(NarrowSpan) == 32);

} // namespace Fanfare
