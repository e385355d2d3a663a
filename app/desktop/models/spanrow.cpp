// SPDX-License-Identifier: MIT
#include "desktop/models/spanrow.h"

#include <algorithm>

namespace Fanfare {

size_t SpanRow::startedBefore(qint64 time, size_t hint) const
{
    return isEmpty() ? m_size : m_columns->startedBefore(time, hint, m_size);
}

SpanEdge SpanRow::edgeAt(qint64 time, size_t hint) const
{
    SpanEdge edge{.time = time, .started = m_size};
    if (!isEmpty())
        m_columns->complete(edge, hint, m_size);
    return edge;
}

void SpanRow::complete(SpanEdge *edges, size_t count, size_t hint) const
{
    if (!isEmpty())
        return m_columns->complete(edges, count, hint, m_size);
    for (size_t i = 0; i < count; ++i)
        edges[i].started = m_size;
}

size_t SpanRow::firstOpenAt(qint64 time, size_t started) const
{
    return started > first() && finished(started - 1) > time ? started - 1 : started;
}

qint64 SpanRow::busyBefore(qint64 time, size_t started) const
{
    if (isEmpty())
        return 0;
    const qint64 busy = m_columns->busyBefore(started);
    return started > first() ? busy - std::max<qint64>(0, finished(started - 1) - time) : busy;
}

qint64 SpanRow::busyBetween(qint64 from, qint64 to) const
{
    const size_t before = startedBefore(from);
    return busyBefore(to, startedBefore(to, before)) - busyBefore(from, before);
}

quint32 SpanRow::failuresAmong(size_t count) const
{
    return isEmpty() ? 0 : m_columns->failuresBefore(std::max(count, first()));
}

quint32 SpanRow::longestHandler(size_t first, size_t end) const
{
    constexpr size_t few = 3;
    if (end - first > few) { // what the block knows by itself needs no look at its facts
        // The block of the last one was looked at for the edge right of it.
        const size_t longest = m_columns->longestNear(end - 1);
        if (end - first >= spanBlockSize / 4 || (longest >= first && longest < end))
            return m_columns->longestHandlerNear(end - 1);
    }
    size_t best = first;
    for (size_t at = first + 1; at < std::min(end, first + few); ++at) {
        if (length(at) > length(best))
            best = at;
    }
    return handler(best);
}

} // namespace Fanfare
