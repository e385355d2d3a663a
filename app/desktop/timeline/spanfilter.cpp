// SPDX-License-Identifier: MIT
#include "desktop/timeline/spanfilter.h"

#include "desktop/models/rowspan.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

using Field = SpanFilter::Field;
using Term = SpanFilter::Term;

struct FieldName
{
    QLatin1StringView name;
    Field field;
};

constexpr std::array fieldNames{
    FieldName{"handler"_L1, Field::Handler}, FieldName{"plugin"_L1, Field::Plugin},
    FieldName{"event"_L1, Field::Event},     FieldName{"worker"_L1, Field::Worker},
    FieldName{"outcome"_L1, Field::Outcome}, FieldName{"emission"_L1, Field::Emission},
    FieldName{"wait"_L1, Field::Wait},       FieldName{"run"_L1, Field::Run},
    FieldName{"total"_L1, Field::Total},
};

struct OutcomeName
{
    QLatin1StringView name;
    Outcome outcome;
};

constexpr std::array outcomeNames{
    OutcomeName{"succeeded"_L1, Outcome::Succeeded},
    OutcomeName{"failed"_L1, Outcome::Failed},
    OutcomeName{"crashed"_L1, Outcome::Crashed},
    OutcomeName{"timedout"_L1, Outcome::TimedOut},
    OutcomeName{"canceled"_L1, Outcome::Canceled},
    OutcomeName{"rejected"_L1, Outcome::Rejected},
    OutcomeName{"quarantined"_L1, Outcome::Quarantined},
    OutcomeName{"interrupted"_L1, Outcome::Interrupted},
};

/// The text at blanks outside of quotes; the quotes stay.
QStringList words(const QString &text)
{
    QStringList words;
    QString word;
    bool isQuoted = false;
    for (const QChar c : text) {
        isQuoted = isQuoted != (c == u'"');
        if (!c.isSpace() || isQuoted) {
            word += c;
            continue;
        }
        words.append(word);
        word.clear();
    }
    words.append(word);
    words.removeAll(QString());
    return words;
}

/// "5ms" in nanoseconds; seconds without a unit.
std::optional<qint64> timeOf(const QString &text)
{
    static const QRegularExpression form(
        uR"(^([0-9]*\.?[0-9]+)(ns|us|\x{b5}s|\x{3bc}s|ms|s|m|h)?$)"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString unit = match.captured(2);
    const double factor = unit == u"ns"_s  ? 1
        : unit == u"ms"_s                  ? 1e6
        : unit == u"m"_s                   ? 60e9
        : unit == u"h"_s                   ? 3600e9
        : unit.isEmpty() || unit == u"s"_s ? 1e9
                                           : 1e3;
    const double time = match.captured(1).toDouble() * factor;
    return time < 9e18 ? std::optional(std::llround(time)) : std::nullopt;
}

/// Workers are written as "process/2", too, to save the quotes.
QString comparable(QString name)
{
    return name.replace(u'/', u' ').toLower();
}

} // namespace

static Error refused(const QString &message)
{
    return {ErrorCode::InvalidArgument, message};
}

/// The values after the colon, without quotes.
static QStringList valuesOf(const QString &text)
{
    QStringList values;
    for (QString value : text.split(u',')) {
        value.remove(u'"');
        if (!value.isEmpty())
            values.append(value);
    }
    return values;
}

class TermReader
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::TermReader)

public:
    static Result<Term> read(QString word);

private:
    static Result<Term> readNamed(const QString &word, qsizetype mark, Term term);
    static Result<Term> readTime(const QString &word, qsizetype mark, Term term);
    static Result<Term> readOutcomes(const QStringList &values, Term term);
    static Result<Term> readEmissions(const QStringList &values, Term term);
};

Result<Term> TermReader::read(QString word)
{
    Term term;
    if (word.size() > 1 && word.startsWith(u'-')) {
        term.isNegated = true;
        word.remove(0, 1);
    }
    static const QRegularExpression marks(u"[:<>]"_s);
    const qsizetype mark = word.startsWith(u'"') ? -1 : word.indexOf(marks);
    if (mark > 0)
        return readNamed(word, mark, term);
    term.names = {word.remove(u'"').toLower()};
    return term;
}

Result<Term> TermReader::readNamed(const QString &word, qsizetype mark, Term term)
{
    const QString name = word.left(mark).toLower();
    const auto known = std::ranges::find_if(
        fieldNames, [&](const FieldName &field) { return name == field.name; });
    if (known == fieldNames.end())
        return refused(tr("\"%1\" is nothing to filter by. Use handler, plugin, event, worker, "
                          "outcome, emission, wait, run or total.")
                           .arg(name));
    term.field = known->field;
    const bool isTime =
        term.field == Field::Wait || term.field == Field::Run || term.field == Field::Total;
    if (isTime)
        return readTime(word, mark, term);
    if (word[mark] != u':')
        return refused(tr("\"%1\" is a name, not a number: write %1:NAME.").arg(name));
    const QStringList values = valuesOf(word.mid(mark + 1));
    if (values.isEmpty())
        return refused(tr("Say what \"%1:\" is to be, such as %1:a*.").arg(name));
    if (term.field == Field::Outcome)
        return readOutcomes(values, term);
    if (term.field == Field::Emission)
        return readEmissions(values, term);
    for (const QString &value : values)
        term.names.append(term.field == Field::Worker ? comparable(value) : value.toLower());
    return term;
}

Result<Term> TermReader::readTime(const QString &word, qsizetype mark, Term term)
{
    const QString name = word.left(mark).toLower();
    const std::optional<qint64> time = timeOf(word.mid(mark + 1).toLower());
    if (word[mark] == u':' || !time)
        return refused(tr("\"%1\" is a time: write %1>5ms or %1<2s.").arg(name));
    term.comparison = word[mark].toLatin1();
    term.time = *time;
    return term;
}

Result<Term> TermReader::readOutcomes(const QStringList &values, Term term)
{
    for (const QString &value : values) {
        const QString wanted = value.toLower().remove(u' ');
        if (wanted == u"failure"_s) {
            for (const OutcomeName &known : outcomeNames) {
                if (isFailure(known.outcome))
                    term.outcomes.push_back(known.outcome);
            }
            continue;
        }
        const auto known = std::ranges::find_if(
            outcomeNames, [&](const OutcomeName &outcome) { return wanted == outcome.name; });
        if (known == outcomeNames.end())
            return refused(tr("\"%1\" is no outcome. Use succeeded, failed, crashed, timedout, "
                              "canceled, rejected, quarantined, interrupted or failure.")
                               .arg(value));
        term.outcomes.push_back(known->outcome);
    }
    return term;
}

Result<Term> TermReader::readEmissions(const QStringList &values, Term term)
{
    for (QString value : values) {
        bool isNumber = false;
        const quint64 number = value.remove(u'#').toULongLong(&isNumber);
        if (!isNumber)
            return refused(tr("\"%1\" is no emission: write emission:#1234.").arg(value));
        term.emissions.push_back(number);
    }
    return term;
}

Result<SpanFilter> SpanFilter::parse(const QString &text)
{
    SpanFilter filter;
    for (const QString &word : words(text)) {
        Result<Term> term = TermReader::read(word);
        if (!term)
            return term.error();
        filter.m_terms.push_back(*std::move(term));
    }
    return filter;
}

QString SpanFilter::handlerTerm(const QString &name, bool isNegated)
{
    QString quoted = name;
    return u"%1handler:\"%2\""_s.arg(isNegated ? u"-"_s : QString(), quoted.remove(u'"'));
}

static bool fits(const QString &pattern, const QString &name)
{
    // Wildcards are those of shells, but without classes: "[Sync]" is a name.
    if (!pattern.contains(u'*') && !pattern.contains(u'?'))
        return pattern == name;
    QString expression = QRegularExpression::escape(pattern);
    expression.replace(u"\\*"_s, u".*"_s).replace(u"\\?"_s, u"."_s);
    return QRegularExpression(QRegularExpression::anchoredPattern(expression),
                              QRegularExpression::DotMatchesEverythingOption)
        .match(name)
        .hasMatch();
}

bool matchesNames(const SpanFilter::Term &term, const FilterSubject &subject)
{
    const auto isOneOf = [&](const QString &name) {
        return std::ranges::any_of(term.names,
                                   [&](const QString &pattern) { return fits(pattern, name); });
    };
    switch (term.field) {
    case Field::Plugin:
        return isOneOf(subject.plugin.toLower()) != term.isNegated;
    case Field::Handler:
        return isOneOf(subject.handler.toLower()) != term.isNegated;
    case Field::Event:
        return isOneOf(subject.event.toLower()) != term.isNegated;
    case Field::Worker:
        return isOneOf(comparable(subject.worker)) != term.isNegated;
    default:
        break;
    }
    const QString all =
        (subject.plugin + u'\n' + subject.handler + u'\n' + subject.event).toLower();
    return std::ranges::any_of(term.names, [&](const QString &word) { return all.contains(word); })
        != term.isNegated;
}

bool matchesOutcome(const SpanFilter::Term &term, Outcome outcome)
{
    return (std::ranges::find(term.outcomes, outcome) != term.outcomes.end()) != term.isNegated;
}

bool matchesEmission(const SpanFilter::Term &term, EmissionId emission)
{
    return (std::ranges::find(term.emissions, number(emission)) != term.emissions.end())
        != term.isNegated;
}

bool matchesTime(const SpanFilter::Term &term, qint64 nanoseconds)
{
    const bool isOnSide =
        term.comparison == '>' ? nanoseconds > term.time : nanoseconds < term.time;
    return isOnSide != term.isNegated;
}

} // namespace Fanfare
