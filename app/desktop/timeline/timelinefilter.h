// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/filtermatches.h"

#include <memory>

namespace Fanfare {

/// What a frame shows of a filter.
struct FilterView
{
    FilterMatches *matches = nullptr; ///< null: nothing is filtered
    bool hidesOthers = false;         ///< else they are dimmed
};

/// The filter of a timeline: what the user typed, and what came of it.
///
/// Threads: [gui].
class TimelineFilter
{
public:
    /// Takes a new text; one that nobody understands leaves the former filter active, see error().
    void setText(const QString &text, const RunModel &model);

    /// Takes the texts of lanes that have filters of their own; one that nobody understands is
    /// left out.
    void setLanes(const std::map<quint32, QString> &texts, const RunModel &model);
    const std::map<quint32, QString> &lanes() const { return m_laneTexts; }

    /// Asks all spans anew: those of the model were forgotten.
    void restart(const RunModel &model) { apply(model); }

    /// The text with a term more that asks for \a handler only, or for all others.
    QString textWithHandler(const QString &handler, bool isExcluded) const;

    void setHidesOthers(bool hides) { m_hidesOthers = hides; }

    const QString &text() const { return m_text; }
    const QString &error() const { return m_error; } ///< a sentence; empty when all is well
    bool isActive() const { return m_matches != nullptr; }
    bool hidesOthers() const { return m_hidesOthers; }
    FilterMatches *matches() const { return m_matches.get(); } ///< null without a filter
    FilterView view() const { return {m_matches.get(), m_hidesOthers}; }

private:
    void apply(const RunModel &model);

    QString m_text;
    QString m_error;
    SpanFilter m_filter;
    std::map<quint32, QString> m_laneTexts;
    std::map<quint32, SpanFilter> m_laneFilters;
    std::unique_ptr<FilterMatches> m_matches;
    bool m_hidesOthers = false;
};

} // namespace Fanfare
