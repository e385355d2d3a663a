// SPDX-License-Identifier: MIT
#include "fanfare/runs/summary.h"

#include <algorithm>
#include <numeric>

namespace Fanfare {

bool hasStarted(const SpanRecord &span)
{
    return span.outcome == Outcome::Succeeded || span.outcome == Outcome::Failed
        || span.finished > span.started;
}

void RunSummary::add(const SpanRecord &span)
{
    m_first = tasks() == 0 ? span.queued : std::min(m_first, span.queued);
    m_last = std::max(m_last, span.finished);
    ++m_outcomes.at(static_cast<size_t>(span.outcome));
    if (hasStarted(span)) {
        m_queueTimes.push_back(span.started - span.queued);
        m_runTimes.push_back(span.finished - span.started);
    }
}

quint64 RunSummary::tasks() const
{
    return std::accumulate(m_outcomes.begin(), m_outcomes.end(), quint64(0));
}

quint64 RunSummary::count(Outcome outcome) const
{
    return m_outcomes.at(static_cast<size_t>(outcome));
}

bool RunSummary::allSucceeded() const
{
    return count(Outcome::Succeeded) == tasks();
}

qint64 RunSummary::wall() const
{
    return std::max<qint64>(0, m_last - m_first);
}

double RunSummary::throughput() const
{
    return wall() > 0 ? double(tasks()) * 1e9 / double(wall()) : 0;
}

/// The smallest value that at least \a percent of \a values do not exceed; reorders them.
static qint64 nearestRank(std::vector<qint64> &values, size_t percent)
{
    const size_t rank = (values.size() * percent + 99) / 100; // from 1
    const auto position = values.begin() + static_cast<qsizetype>(rank) - 1;
    std::nth_element(values.begin(), position, values.end());
    return *position;
}

static Percentiles percentiles(std::vector<qint64> values)
{
    if (values.empty())
        return {};
    return {nearestRank(values, 50), nearestRank(values, 90), nearestRank(values, 99)};
}

Percentiles RunSummary::queueTimes() const
{
    return percentiles(m_queueTimes);
}

Percentiles RunSummary::runTimes() const
{
    return percentiles(m_runTimes);
}

} // namespace Fanfare
