// SPDX-License-Identifier: MIT
#include "fanfare/runs/spancoding.h"

#include "fanfare/runs/varint.h"

#include <limits>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

/// Differences that wrap around instead of overflowing.
constexpr qint64 minus(qint64 a, qint64 b)
{
    return qint64(quint64(a) - quint64(b));
}
constexpr qint64 plus(qint64 a, qint64 b)
{
    return qint64(quint64(a) + quint64(b));
}

/// Writes one column: the difference between what \a value says of each span and of the one before.
template <typename Value>
void writeRunning(QByteArray &out, std::span<const SpanRecord> spans, Value value)
{
    qint64 before = 0;
    for (const SpanRecord &span : spans) {
        const auto now = qint64(value(span));
        appendVarint(out, zigzag(minus(now, before)));
        before = now;
    }
}

template <typename Value>
void writeEach(QByteArray &out, std::span<const SpanRecord> spans, Value value)
{
    for (const SpanRecord &span : spans)
        appendVarint(out, zigzag(qint64(value(span))));
}

/// Takes \a value into \a field; notes what does not fit there.
class Narrowing
{
public:
    template <typename Field>
    void operator()(Field &field, qint64 value)
    {
        m_fits = m_fits && value >= 0 && quint64(value) <= std::numeric_limits<Field>::max();
        field = Field(value);
    }

    bool fits() const { return m_fits; }

private:
    bool m_fits = true;
};

} // namespace

/// CPU time as it is written: 0 is "not measured", else one more than zigzag's of the difference.
static quint64 cpuCode(const SpanRecord &span)
{
    if (span.cpu == -1)
        return 0;
    return zigzag(minus(span.cpu, minus(span.finished, span.started))) + 1;
}

static void setCpu(SpanRecord &span, quint64 code)
{
    span.cpu = code == 0 ? -1 : plus(unzigzag(code - 1), minus(span.finished, span.started));
}

QByteArray SpanCoding::encode(std::span<const SpanRecord> spans)
{
    Q_ASSERT(spans.size() <= maximumSpans);
    QByteArray out;
    out.reserve(qsizetype(spans.size()) * 24 + 8);
    appendVarint(out, spans.size());
    writeRunning(out, spans, [](const SpanRecord &span) { return number(span.task.emission); });
    writeEach(out, spans, [](const SpanRecord &span) { return span.task.index; });
    writeRunning(out, spans, [](const SpanRecord &span) { return span.queued; });
    writeEach(out, spans, [](const SpanRecord &s) { return minus(s.started, s.queued); });
    writeEach(out, spans, [](const SpanRecord &s) { return minus(s.finished, s.started); });
    for (const SpanRecord &span : spans)
        appendVarint(out, cpuCode(span));
    writeEach(out, spans, [](const SpanRecord &span) { return span.sentBefore; });
    writeEach(out, spans, [](const SpanRecord &span) { return span.repliedAfter; });
    writeRunning(out, spans, [](const SpanRecord &span) { return number(span.subscriber); });
    writeRunning(out, spans, [](const SpanRecord &span) { return span.event; });
    writeRunning(out, spans, [](const SpanRecord &span) { return number(span.lane); });
    writeEach(out, spans, [](const SpanRecord &span) { return quint8(span.outcome); });
    writeEach(out, spans, [](const SpanRecord &span) { return span.attempt; });
    writeRunning(out, spans, [](const SpanRecord &span) { return span.peakMemory; });
    return out;
}

namespace {

/// A column of differences to the number before.
class RunningColumn
{
public:
    RunningColumn(VarintReader &in, quint64 count)
        : m_in(in.skip(count))
    {
    }

    qint64 next() { return m_value = plus(m_value, unzigzag(m_in.next())); }
    bool isBroken() const { return m_in.isBroken(); }

private:
    VarintReader m_in;
    qint64 m_value = 0;
};

/// A column of numbers as they are.
class PlainColumn
{
public:
    PlainColumn(VarintReader &in, quint64 count)
        : m_in(in.skip(count))
    {
    }

    qint64 next() { return unzigzag(m_in.next()); }
    quint64 nextCode() { return m_in.next(); }
    bool isBroken() const { return m_in.isBroken(); }

private:
    VarintReader m_in;
};

/// Reads all columns side by side, so that a span is written once and not fourteen times, between
/// which it leaves the processor's cache: a third of the time.
class SpanColumnReader
{
public:
    SpanColumnReader(VarintReader &in, quint64 count)
        : m_emission(in, count)
        , m_index(in, count)
        , m_queued(in, count)
        , m_started(in, count)
        , m_finished(in, count)
        , m_cpu(in, count)
        , m_sent(in, count)
        , m_replied(in, count)
        , m_subscriber(in, count)
        , m_event(in, count)
        , m_lane(in, count)
        , m_outcome(in, count)
        , m_attempt(in, count)
        , m_memory(in, count)
    {
    }

    void read(SpanRecord &span)
    {
        span.task.emission = EmissionId(quint64(m_emission.next()));
        m_narrow(span.task.index, m_index.next());
        span.queued = m_queued.next();
        span.started = plus(span.queued, m_started.next());
        span.finished = plus(span.started, m_finished.next());
        setCpu(span, m_cpu.nextCode());
        m_narrow(span.sentBefore, m_sent.next());
        m_narrow(span.repliedAfter, m_replied.next());
        span.subscriber = SubscriberId(narrowed<quint32>(m_subscriber.next()));
        m_narrow(span.event, m_event.next());
        span.lane = LaneId(narrowed<quint16>(m_lane.next()));
        const qint64 outcome = m_outcome.next();
        const bool isOutcome = outcome >= 0 && outcome < outcomeCount;
        m_areOutcomes = m_areOutcomes && isOutcome;
        span.outcome = isOutcome ? Outcome(outcome) : Outcome::Interrupted;
        m_narrow(span.attempt, m_attempt.next());
        m_narrow(span.peakMemory, m_memory.next());
    }

    /// All numbers so far were there, and such as their fields can hold.
    bool isGood() const
    {
        const bool isBroken = m_emission.isBroken() || m_index.isBroken() || m_queued.isBroken()
            || m_started.isBroken() || m_finished.isBroken() || m_cpu.isBroken()
            || m_sent.isBroken() || m_replied.isBroken() || m_subscriber.isBroken()
            || m_event.isBroken() || m_lane.isBroken() || m_outcome.isBroken()
            || m_attempt.isBroken() || m_memory.isBroken();
        return !isBroken && m_areOutcomes && m_narrow.fits();
    }

private:
    template <typename Number>
    Number narrowed(qint64 value)
    {
        Number number = 0;
        m_narrow(number, value);
        return number;
    }

    // In the order of the file.
    RunningColumn m_emission;
    PlainColumn m_index;
    RunningColumn m_queued;
    PlainColumn m_started;
    PlainColumn m_finished;
    PlainColumn m_cpu;
    PlainColumn m_sent;
    PlainColumn m_replied;
    RunningColumn m_subscriber;
    RunningColumn m_event;
    RunningColumn m_lane;
    PlainColumn m_outcome;
    PlainColumn m_attempt;
    RunningColumn m_memory;
    Narrowing m_narrow;
    bool m_areOutcomes = true;
};

} // namespace

Result<void> SpanCoding::decode(QByteArrayView bytes, std::vector<SpanRecord> &spans)
{
    const Error broken{ErrorCode::Protocol, u"A block of spans is damaged."_s};
    VarintReader in(bytes);
    const quint64 count = in.next();
    if (in.isBroken() || count > maximumSpans || count > quint64(bytes.size()))
        return broken;

    const size_t before = spans.size();
    spans.resize(before + count);
    const std::span<SpanRecord> added = std::span(spans).subspan(before);
    SpanColumnReader columns(in, count);
    if (!in.isBroken() && in.isAtEnd()) {
        for (SpanRecord &span : added)
            columns.read(span);
        if (columns.isGood())
            return {};
    }
    spans.resize(before);
    return broken;
}

} // namespace Fanfare
