// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

#include <algorithm>
#include <array>
#include <random>

namespace Fanfare {

/// Spans as a busy run leaves them: tasks of some microseconds on four lanes.
inline std::vector<SpanRecord> busySpans(size_t count, quint64 seed)
{
    std::mt19937_64 random(seed);
    std::exponential_distribution<double> duration(1.0 / 4'000);
    std::vector<SpanRecord> spans(count);
    std::array<qint64, 4> free{};
    qint64 queued = 1'000'000'000'000;
    for (size_t i = 0; i < count; ++i) {
        SpanRecord &span = spans[i];
        const size_t lane = i % free.size();
        queued += qint64(duration(random)) / 4 + 1;
        span.task = {EmissionId(i / 2 + 1), quint16(i % 2)};
        span.queued = queued;
        span.started = std::max(queued + 300, free[lane]);
        span.finished = span.started + qint64(duration(random)) + 40;
        free[lane] = span.finished + 90;
        span.subscriber = SubscriberId(i % 2 + 3);
        span.event = 2;
        span.lane = LaneId(lane);
        span.outcome = random() % 1'000 == 0 ? Outcome::Failed : Outcome::Succeeded;
    }
    return spans;
}

/// Spans whose fields hold any value that fits, extremes more often than others.
inline std::vector<SpanRecord> wildSpans(size_t count, quint64 seed)
{
    std::mt19937_64 random(seed);
    const auto any = [&random] {
        const quint64 bits = random();
        return bits % 4 == 0 ? ~quint64(0) << (bits >> 58) : random() >> (bits >> 58);
    };
    std::vector<SpanRecord> spans(count);
    for (SpanRecord &span : spans) {
        span.task = {EmissionId(any()), quint16(any())};
        span.queued = qint64(any());
        span.started = qint64(any());
        span.finished = qint64(any());
        span.cpu = random() % 3 == 0 ? -1 : qint64(any());
        span.sentBefore = quint32(any());
        span.repliedAfter = quint32(any());
        span.subscriber = SubscriberId(quint32(any()));
        span.event = quint32(any());
        span.lane = LaneId(quint16(any()));
        span.outcome = Outcome(random() % outcomeCount);
        span.attempt = quint8(any());
        span.peakMemory = quint32(any());
    }
    return spans;
}

inline bool isSame(const SpanRecord &a, const SpanRecord &b)
{
    return a.task == b.task && a.queued == b.queued && a.started == b.started
        && a.finished == b.finished && a.cpu == b.cpu && a.sentBefore == b.sentBefore
        && a.repliedAfter == b.repliedAfter && a.subscriber == b.subscriber && a.event == b.event
        && a.lane == b.lane && a.outcome == b.outcome && a.attempt == b.attempt
        && a.peakMemory == b.peakMemory;
}

inline bool areSame(const std::vector<SpanRecord> &a, const std::vector<SpanRecord> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), isSame);
}

} // namespace Fanfare
