// SPDX-License-Identifier: MIT
#include "cli/fieldcheck.h"

#include "cli/wording.h"

#include <fanfare/plugins/fieldcheck.h>
#include <fanfare/runs/jsontext.h>

namespace Fanfare::Cli {

static QString listed(const QList<FieldFact> &fields)
{
    QStringList names;
    for (const FieldFact &field : fields)
        names.append(u"%1 (%2)"_qs.arg(field.name, fieldTypeText(field)));
    return names.isEmpty() ? u"no fields"_qs : names.join(u", "_qs);
}

QString fieldNames(const EventFact &event)
{
    return listed(event.fields);
}

static QString shown(const QCborValue &value)
{
    QByteArray json;
    appendJson(json, value);
    return printable(QString::fromUtf8(json).left(60));
}

static QString limits(const FieldFact &field)
{
    const auto isSet = [](const QCborValue &limit) {
        return !limit.isUndefined() && !limit.isNull();
    };
    if (isSet(field.minimum) && isSet(field.maximum))
        return u"from %1 to %2"_qs.arg(shown(field.minimum), shown(field.maximum));
    return isSet(field.minimum) ? u"at least "_qs + shown(field.minimum)
                                : u"at most "_qs + shown(field.maximum);
}

/// A word more where the name of a type does not say how its values are written.
static QString hint(const FieldFact &field, const QCborValue &value)
{
    if (field.type == u"int" && value.isDouble() && value.toDouble() >= 0x1p63)
        return u", written in quotes from 2^63 on"_qs;
    if (field.type == u"date-time")
        return u", such as \"2026-11-25T20:33:42Z\""_qs;
    if (field.type == u"date")
        return u", such as \"2026-11-25\""_qs;
    if (field.type == u"time")
        return u", such as \"20:33:42\""_qs;
    if (field.type == u"bytes")
        return u", written as base64"_qs;
    return field.type == u"enum" ? u", one of "_qs + field.values.join(u", "_qs) : QString();
}

static QString sentence(const FieldProblem &problem, const EventFact &event)
{
    const FieldFact &field = problem.field;
    const QString type = fieldTypeText(field);
    switch (problem.kind) {
    case FieldProblem::Kind::UnknownField:
        return u"%1 has no field %2; it knows %3."_qs.arg(event.name, quoted(problem.path),
                                                          listed(problem.known));
    case FieldProblem::Kind::WrongType:
        return u"The field \"%1\" of %2 is of type %3%4, and %5 is not; give "
               u"another value."_qs.arg(problem.path, event.name, type, hint(field, problem.value),
                                        shown(problem.value));
    case FieldProblem::Kind::NotAmongValues:
        return u"The field \"%1\" of %2 knows %3, and not %4; give another value."_qs.arg(
            problem.path, event.name, field.values.join(u", "_qs), shown(problem.value));
    case FieldProblem::Kind::TooSmall:
    case FieldProblem::Kind::TooLarge:
        break;
    }
    return u"The field \"%1\" of %2 (%3) must be %4, not %5; give another value."_qs.arg(
        problem.path, event.name, type, limits(field), shown(problem.value));
}

Result<QCborMap> checkedFields(const QCborMap &fields, const EventFact &event)
{
    QCborMap fitted = fields;
    if (const auto problem = fitFields(event.fields, fitted))
        return Error{ErrorCode::InvalidArgument, sentence(*problem, event)};
    return fitted;
}

} // namespace Fanfare::Cli
