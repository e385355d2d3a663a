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

template <typename Set>
void readEach(VarintReader &in, std::span<SpanRecord> spans, Set set)
{
    for (SpanRecord &span : spans)
        set(span, unzigzag(in.next()));
}

template <typename Set>
void readRunning(VarintReader &in, std::span<SpanRecord> spans, Set set)
{
    qint64 value = 0;
    for (SpanRecord &span : spans) {
        value = plus(value, unzigzag(in.next()));
        set(span, value);
    }
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

static void readTimes(VarintReader &in, std::span<SpanRecord> spans)
{
    readRunning(in, spans, [](SpanRecord &span, qint64 value) { span.queued = value; });
    readEach(in, spans, [](SpanRecord &s, qint64 value) { s.started = plus(s.queued, value); });
    readEach(in, spans, [](SpanRecord &s, qint64 value) { s.finished = plus(s.started, value); });
    for (SpanRecord &span : spans)
        setCpu(span, in.next());
}

/// False when a number is none that its field can hold.
static bool readNumbers(VarintReader &in, std::span<SpanRecord> spans)
{
    Narrowing narrow;
    const auto into = [&narrow](auto SpanRecord::*field) {
        return [&narrow, field](SpanRecord &span, qint64 value) { narrow(span.*field, value); };
    };
    readEach(in, spans, into(&SpanRecord::sentBefore));
    readEach(in, spans, into(&SpanRecord::repliedAfter));
    readRunning(in, spans, [&narrow](SpanRecord &span, qint64 value) {
        quint32 subscriber = 0;
        narrow(subscriber, value);
        span.subscriber = SubscriberId(subscriber);
    });
    readRunning(in, spans, into(&SpanRecord::event));
    readRunning(in, spans, [&narrow](SpanRecord &span, qint64 value) {
        quint16 lane = 0;
        narrow(lane, value);
        span.lane = LaneId(lane);
    });
    bool areOutcomes = true;
    readEach(in, spans, [&areOutcomes](SpanRecord &span, qint64 value) {
        areOutcomes = areOutcomes && value >= 0 && value < outcomeCount;
        span.outcome = areOutcomes ? Outcome(value) : Outcome::Interrupted;
    });
    readEach(in, spans, into(&SpanRecord::attempt));
    readRunning(in, spans, into(&SpanRecord::peakMemory));
    return narrow.fits() && areOutcomes;
}

/// False when a number is none that its field can hold.
static bool readTasks(VarintReader &in, std::span<SpanRecord> spans)
{
    Narrowing narrow;
    readRunning(in, spans, [](SpanRecord &span, qint64 value) {
        span.task.emission = EmissionId(quint64(value));
    });
    readEach(in, spans, [&narrow](SpanRecord &s, qint64 value) { narrow(s.task.index, value); });
    return narrow.fits();
}

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
    bool fits = readTasks(in, added);
    readTimes(in, added);
    fits = readNumbers(in, added) && fits;
    if (fits && !in.isBroken() && in.isAtEnd())
        return {};
    spans.resize(before);
    return broken;
}

} // namespace Fanfare
