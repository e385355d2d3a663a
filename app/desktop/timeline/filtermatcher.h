// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"
#include "desktop/timeline/spanfilter.h"
#include "desktop/timeline/timelinetracks.h"

#include <unordered_map>

namespace Fanfare {

/// Asks the tasks of a run a SpanFilter. Names are compared once for each of them, not for each
/// task.
///
/// Threads: [gui].
class FilterMatcher
{
public:
    FilterMatcher(SpanFilter filter, const RunModel &model);

    bool isEmpty() const { return m_filter.isEmpty(); }

    /// Whether the span at \a position of \a row, which lies in \a lane, is asked for.
    bool matches(const SpanRow &row, quint32 lane, size_t position);
    bool matches(const OpenSpan &open, qint64 now);

private:
    struct Facts
    {
        quint32 handler = 0;
        quint32 lane = 0;
        EmissionId emission{};
    };

    bool matchesNames(const SpanFilter::Term &term, size_t index, const Facts &facts);
    FilterSubject subjectOf(SpanFilter::Field field, const Facts &facts) const;

    SpanFilter m_filter;
    const RunModel &m_model;
    struct Answers ///< of one term, by what it depends on
    {
        std::vector<qint8> byIndex;                ///< -1: not asked yet
        std::unordered_map<QString, bool> byEvent; ///< for events
    };
    std::vector<Answers> m_answers; ///< by term
};

} // namespace Fanfare
