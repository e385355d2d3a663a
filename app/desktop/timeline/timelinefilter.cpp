// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinefilter.h"

namespace Fanfare {

using namespace Qt::StringLiterals;

void TimelineFilter::setText(const QString &text, const RunModel &model)
{
    m_text = text;
    Result<SpanFilter> filter = SpanFilter::parse(text);
    m_error = filter ? QString() : filter.error().message;
    if (!filter)
        return;
    m_filter = *std::move(filter);
    apply(model);
}

void TimelineFilter::apply(const RunModel &model)
{
    const bool isEmpty = m_filter.isEmpty() && m_laneFilters.empty();
    m_matches = isEmpty ? nullptr : std::make_unique<FilterMatches>(m_filter, model, m_laneFilters);
}

void TimelineFilter::setLanes(const std::map<quint32, QString> &texts, const RunModel &model)
{
    if (texts == m_laneTexts)
        return;
    m_laneTexts = texts;
    m_laneFilters.clear();
    for (const auto &[lane, text] : texts) {
        Result<SpanFilter> filter = SpanFilter::parse(text);
        if (filter && !filter->isEmpty())
            m_laneFilters.emplace(lane, *std::move(filter));
    }
    apply(model);
}

QString TimelineFilter::textWithHandler(const QString &handler, bool isExcluded) const
{
    const QString term = SpanFilter::handlerTerm(handler, isExcluded);
    return m_text.contains(term) ? m_text : u"%1 %2"_s.arg(m_text, term).trimmed();
}

} // namespace Fanfare
