// SPDX-License-Identifier: MIT
#include "desktop/timeline/filtermatcher.h"

namespace Fanfare {

using Field = SpanFilter::Field;

FilterMatcher::FilterMatcher(SpanFilter filter, const RunModel &model)
    : m_filter(std::move(filter))
    , m_model(model)
    , m_answers(m_filter.terms().size())
{
}

FilterSubject FilterMatcher::subjectOf(Field field, const Facts &facts) const
{
    FilterSubject subject;
    if (field == Field::Worker) {
        subject.worker = m_model.lane(facts.lane).name;
        return subject;
    }
    subject.plugin = m_model.handler(facts.handler).plugin;
    subject.handler = m_model.handler(facts.handler).handler;
    if (field == Field::Any || field == Field::Event)
        subject.event = m_model.eventName(facts.emission);
    return subject;
}

bool FilterMatcher::matchesNames(const SpanFilter::Term &term, size_t index, const Facts &facts)
{
    if (term.field == Field::Any) // a word may stand in the event, too
        return Fanfare::matchesNames(term, subjectOf(term.field, facts));
    Answers &answers = m_answers[index];
    if (term.field == Field::Event) {
        const QString &event = m_model.eventName(facts.emission);
        const auto known = answers.byEvent.find(event);
        if (known != answers.byEvent.end())
            return known->second;
        return answers.byEvent[event] = Fanfare::matchesNames(term, subjectOf(term.field, facts));
    }
    const quint32 key = term.field == Field::Worker ? facts.lane : facts.handler;
    constexpr quint32 remembered = 65'536; // an unknown handler's index is not dense
    if (key >= remembered)
        return Fanfare::matchesNames(term, subjectOf(term.field, facts));
    if (key >= answers.byIndex.size())
        answers.byIndex.resize(key + 1, -1);
    qint8 &answer = answers.byIndex[key];
    if (answer < 0)
        answer = Fanfare::matchesNames(term, subjectOf(term.field, facts)) ? 1 : 0;
    return answer == 1;
}

bool FilterMatcher::matches(const SpanRow &row, quint32 lane, size_t position)
{
    for (size_t i = 0; i < m_filter.terms().size(); ++i) {
        const SpanFilter::Term &term = m_filter.terms()[i];
        bool holds = false;
        switch (term.field) {
        case Field::Outcome:
            holds = matchesOutcome(term, row.outcome(position));
            break;
        case Field::Wait:
            holds = matchesTime(term, row.wait(position));
            break;
        case Field::Run:
            holds = matchesTime(term, row.length(position));
            break;
        case Field::Total: // from emitted to done
            holds = matchesTime(term,
                                row.wait(position) + row.length(position)
                                    + qint64(row.repliedAfter(position)));
            break;
        case Field::Emission:
            holds = matchesEmission(term, row.task(position).emission);
            break;
        case Field::Handler:
        case Field::Plugin:
            holds = matchesNames(term, i, {row.handler(position), lane});
            break;
        case Field::Worker:
            holds = matchesNames(term, i, {0, lane});
            break;
        case Field::Any:
        case Field::Event:
            holds =
                matchesNames(term, i, {row.handler(position), lane, row.task(position).emission});
            break;
        }
        if (!holds)
            return false;
    }
    return true;
}

bool FilterMatcher::matches(const OpenSpan &open, qint64 now)
{
    const OpenTask &task = open.task;
    for (size_t i = 0; i < m_filter.terms().size(); ++i) {
        const SpanFilter::Term &term = m_filter.terms()[i];
        bool holds = false;
        switch (term.field) {
        case Field::Outcome: // it has none yet
            holds = term.isNegated;
            break;
        case Field::Wait:
            holds = matchesTime(term, (task.started > 0 ? task.started : now) - task.queued);
            break;
        case Field::Run:
            holds = task.started > 0 && matchesTime(term, now - task.started);
            break;
        case Field::Total:
            holds = matchesTime(term, now - task.queued);
            break;
        case Field::Emission:
            holds = matchesEmission(term, task.task.emission);
            break;
        default:
            holds = matchesNames(term, i, {open.handler, open.lane, task.task.emission});
            break;
        }
        if (!holds)
            return false;
    }
    return true;
}

} // namespace Fanfare
