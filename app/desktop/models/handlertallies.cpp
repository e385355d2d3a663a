// SPDX-License-Identifier: MIT
#include "handlertallies.h"

#include "rowspan.h"

#include <algorithm>

namespace Fanfare {

static constexpr qint64 second = 1'000'000'000;
static constexpr qint64 minute = std::tuple_size_v<CallRates>; ///< in seconds

/// Where \a when, a second, is counted. A run may begin at 0, and then the minute before it is
/// negative.
static size_t slotOf(qint64 when)
{
    return size_t((when % minute + minute) % minute);
}

HandlerTallies::HandlerTallies(const RunModel &run)
    : m_run(run)
{
}

bool HandlerTallies::refresh()
{
    const bool wasCleared = m_run.spanCount() < m_counted;
    if (wasCleared)
        startAgain();
    const size_t before = m_counted;
    for (; m_counted < m_run.spanCount(); ++m_counted) {
        if (m_run.isKept(m_counted))
            count(m_run.span(m_counted));
    }
    return wasCleared || m_counted > before;
}

void HandlerTallies::startAgain()
{
    m_tallies.clear();
    m_counted = 0;
    m_newestEnd = 0;
}

/// Tasks come by lane, so one may have ended before another that was counted already.
static void countEnd(HandlerTally &tally, const SpanRecord &record)
{
    const qint64 now = record.finished / second;
    const qint64 newest = tally.lastEnd / second;
    if (now > newest) {
        for (qint64 passed = std::max(newest, now - minute) + 1; passed <= now; ++passed)
            tally.ends[slotOf(passed)] = 0;
    }
    if (record.finished >= tally.lastEnd) {
        tally.lastEnd = record.finished;
        tally.last = record.outcome;
    }
    if (now > newest - minute)
        ++tally.ends[slotOf(now)];
}

void HandlerTallies::count(const SpanEntry &span)
{
    if (span.handler >= m_tallies.size())
        m_tallies.resize(span.handler + 1);
    std::unique_ptr<HandlerTally> &tally = m_tallies[span.handler];
    if (!tally)
        tally = std::make_unique<HandlerTally>();
    ++tally->calls;
    tally->failures += isFailure(span.record.outcome);
    if (span.record.finished > span.record.started) // else it was never started
        tally->ran.add(span.record.finished - span.record.started);
    countEnd(*tally, span.record);
    m_newestEnd = std::max(m_newestEnd, span.record.finished);
}

const HandlerTally *HandlerTallies::find(quint32 handler) const
{
    return handler < m_tallies.size() ? m_tallies[handler].get() : nullptr;
}

qint64 HandlerTallies::newestSecond() const
{
    return std::max(m_newestEnd, m_run.live().time) / second;
}

CallRates HandlerTallies::ratesOf(quint32 handler) const
{
    CallRates rates{};
    const HandlerTally *tally = find(handler);
    if (!tally)
        return rates;
    const qint64 last = tally->lastEnd / second;
    const qint64 end = newestSecond();
    for (qint64 when = std::max(end, last) - minute + 1, i = 0; i < minute; ++when, ++i) {
        if (when > last - minute && when <= last)
            rates[size_t(i)] = tally->ends[slotOf(when)];
    }
    return rates;
}

} // namespace Fanfare
