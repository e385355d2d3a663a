// SPDX-License-Identifier: MIT
#include "timelineload.h"

#include "timelinecases.h"

#include <algorithm>
#include <cmath>

namespace Fanfare::Bench {

static constexpr quint32 handlers = 12;
static constexpr double meanLength = 75'000; // ns
static constexpr double meanGap = 80'000;

TimelineLoad::TimelineLoad(RunModel &model, int lanes, quint32 seed)
    : m_model(model)
    , m_random(seed)
    , m_ends(size_t(lanes), 1'000'000'000)
{
    PluginFact plugin;
    plugin.name = QStringLiteral("bench");
    for (quint32 i = 1; i <= handlers; ++i) {
        HandlerFact handler;
        handler.subscriber = SubscriberId{i};
        handler.name = QStringLiteral("handler-%1").arg(i);
        plugin.handlers.push_back(handler);
    }
    CatalogFact catalog;
    catalog.plugins = {plugin};
    model.setCatalog(catalog);
}

SpanRecord TimelineLoad::record(size_t lane, qint64 from)
{
    const quint64 bits = m_random();
    const auto exponential = [](quint64 random, double mean) {
        return -std::log((double(random % 65'536) + 0.5) / 65'536) * mean;
    };
    SpanRecord span;
    span.task = {EmissionId{++m_emission}, 0};
    span.started = from + qint64(exponential(bits, meanGap));
    span.finished = span.started + qint64(exponential(bits >> 16, meanLength)) + 1;
    span.queued = span.started - qint64(bits >> 32) % 400'000 % (span.started - 1);
    span.subscriber = SubscriberId{quint32(1 + (bits >> 48) % handlers)};
    span.lane = LaneId(lane);
    span.outcome = (bits >> 40) % 5'000 == 0 ? Outcome::Failed : Outcome::Succeeded;
    return span;
}

qint64 TimelineLoad::time() const
{
    return *std::max_element(m_ends.begin(), m_ends.end());
}

BatchFact TimelineLoad::batch(size_t spans, qint64 now)
{
    BatchFact batch;
    if (std::exchange(m_isFirst, false)) {
        for (size_t i = 0; i < m_ends.size(); ++i)
            batch.trace.lanes.push_back(
                {LaneId(i), LaneKind::Thread, QStringLiteral("thread %1").arg(i + 1), 4242});
    }
    for (size_t lane = 0; lane < m_ends.size(); ++lane) {
        const size_t count = spans / m_ends.size() + (lane < spans % m_ends.size() ? 1 : 0);
        if (now > 0) { // spread over the time since the lane's last one
            const qint64 room = std::max<qint64>(1, now - m_ends[lane]) / qint64(count + 1);
            for (size_t i = 0; i < count; ++i) {
                SpanRecord span = record(lane, m_ends[lane]);
                span.started = m_ends[lane] + room / 3;
                span.queued = std::min(span.queued, span.started);
                m_ends[lane] = span.finished = span.started + std::max<qint64>(1, room / 2);
                batch.trace.spans.push_back(span);
            }
            continue;
        }
        for (size_t i = 0; i < count; ++i) {
            batch.trace.spans.push_back(record(lane, m_ends[lane]));
            m_ends[lane] = batch.trace.spans.back().finished;
        }
    }
    batch.trace.live.time = std::max(now, time());
    return batch;
}

double TimelineLoad::add(quint64 spans)
{
    constexpr quint64 most = 20'000;
    double elapsed = 0;
    for (quint64 left = spans; left > 0;) {
        const quint64 count = std::min(left, most);
        const BatchFact next = batch(size_t(count));
        const Stopwatch watch;
        m_model.apply(next);
        elapsed += watch.milliseconds() * 1e6;
        left -= count;
    }
    return elapsed / double(std::max<quint64>(1, spans));
}

} // namespace Fanfare::Bench
