// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/base/outcome.h>
#include <fanfare/base/result.h>

#include <QCoreApplication>
#include <QStringList>

#include <vector>

namespace Fanfare {

/// What one task is asked for. Times are nanoseconds.
struct FilterSubject
{
    QString plugin;
    QString handler;
    QString event;
    QString worker;
};

/// A question about tasks, as the user types it: terms that all must hold, such as
/// `handler:resize* wait>5ms outcome:failed worker:process/2 emission:#1234 -plugin:chaos`. Names
/// may have wildcards, alternatives separated by commas, and blanks in quotes; a minus asks for the
/// opposite; a bare word is looked for in plugin, handler and event.
class SpanFilter
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::SpanFilter)

public:
    enum class Field : quint8 {
        Any,
        Plugin,
        Handler,
        Event,
        Worker,
        Outcome,
        Emission,
        Wait,
        Run,
        Total
    };

    struct Term
    {
        Field field = Field::Any;
        bool isNegated = false;
        QStringList names;              ///< of names: lower case, may have wildcards
        std::vector<Outcome> outcomes;  ///< of Outcome
        std::vector<quint64> emissions; ///< of Emission
        char comparison = '>';          ///< of Wait, Run and Total: '<' or '>'
        qint64 time = 0;                ///< likewise
    };

    /// Reads \a text. InvalidArgument: a term that nobody understands, with a sentence that names
    /// it.
    static Result<SpanFilter> parse(const QString &text);

    bool isEmpty() const { return m_terms.empty(); }
    const std::vector<Term> &terms() const { return m_terms; }

    /// The term that asks for exactly the handler \a name, or for any other.
    static QString handlerTerm(const QString &name, bool isNegated);

private:
    std::vector<Term> m_terms;
};

/// Whether one of the names of \a term fits one of \a subject that the term asks for.
bool matchesNames(const SpanFilter::Term &term, const FilterSubject &subject);

/// Whether a number fits: an emission, an outcome, a time.
bool matchesOutcome(const SpanFilter::Term &term, Outcome outcome);
bool matchesEmission(const SpanFilter::Term &term, EmissionId emission);
bool matchesTime(const SpanFilter::Term &term, qint64 nanoseconds);

} // namespace Fanfare
