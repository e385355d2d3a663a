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
    m_matches = m_filter.isEmpty() ? nullptr : std::make_unique<FilterMatches>(m_filter, model);
}

QString TimelineFilter::textWithHandler(const QString &handler, bool isExcluded) const
{
    const QString term = SpanFilter::handlerTerm(handler, isExcluded);
    return m_text.contains(term) ? m_text : u"%1 %2"_s.arg(m_text, term).trimmed();
}

} // namespace Fanfare
