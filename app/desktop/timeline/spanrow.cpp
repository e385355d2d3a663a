// SPDX-License-Identifier: MIT
#include "desktop/timeline/spanrow.h"

#include <algorithm>

namespace Fanfare {

static qint64 busyAfter(const RowSpan &span)
{
    return span.busyBefore + span.finished - span.started;
}

void SpanRow::append(RowSpan span)
{
    if (!m_spans.isEmpty()) {
        Q_ASSERT(span.started >= m_spans.last().finished);
        span.busyBefore = busyAfter(m_spans.last());
        span.failuresBefore = failuresAmong(m_spans.size());
    }
    if (m_spans.size() % chunkSize == 0)
        m_starts.push_back(span.started);
    m_spans.append(span);
}

/// The number of elements that come before, which are the first of \a size ones and at least
/// \a low: gallops away from low, then halves.
template <typename ComesBefore>
static size_t gallop(size_t low, size_t size, ComesBefore comesBefore)
{
    size_t step = 1;
    while (low + step <= size && comesBefore(low + step - 1)) {
        low += step;
        step *= 2;
    }
    size_t high = std::min(low + step, size + 1);
    while (high - low > 1) { // the answer lies in [low, high)
        const size_t middle = low + (high - low) / 2;
        (comesBefore(middle - 1) ? low : high) = middle;
    }
    return low;
}

size_t SpanRow::startedBefore(qint64 time, size_t hint) const
{
    const size_t chunks = gallop(hint / chunkSize, m_starts.size(),
                                 [&](size_t chunk) { return m_starts[chunk] < time; });
    if (chunks == 0)
        return 0;
    const size_t low = std::max(hint, (chunks - 1) * chunkSize);
    return gallop(low, std::min(size(), chunks * chunkSize),
                  [&](size_t position) { return m_spans[position].started < time; });
}

size_t SpanRow::firstOpenAt(qint64 time, size_t started) const
{
    return started > 0 && m_spans[started - 1].finished > time ? started - 1 : started;
}

qint64 SpanRow::busyBefore(qint64 time, size_t started) const
{
    if (started == 0)
        return 0;
    const RowSpan &last = m_spans[started - 1];
    return busyAfter(last) - std::max<qint64>(0, last.finished - time);
}

quint32 SpanRow::failuresAmong(size_t count) const
{
    if (count == 0)
        return 0;
    const RowSpan &last = m_spans[count - 1];
    return last.failuresBefore + (isFailure(last.outcome) ? 1 : 0);
}

} // namespace Fanfare
