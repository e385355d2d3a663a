// SPDX-License-Identifier: MIT
#include "cli/fieldcheck.h"

#include "cli/wording.h"

#include <fanfare/runs/jsontext.h>

#include <algorithm>
#include <cmath>

namespace Fanfare::Cli {

QString fieldNames(const EventFact &event)
{
    QStringList names;
    for (const FieldFact &field : event.fields)
        names.append(u"%1 (%2)"_qs.arg(field.name, field.type));
    return names.isEmpty() ? u"no fields"_qs : names.join(u", "_qs);
}

static bool isWhole(double number)
{
    return std::trunc(number) == number && std::abs(number) < 0x1p63;
}

/// \a value as the type \a type wants it; undefined when it does not fit.
static QCborValue fitted(const QCborValue &value, const QString &type)
{
    if (type == u"text" || type == u"path")
        return value.isString() ? value : QCborValue();
    if (type == u"bool")
        return value.isBool() ? value : QCborValue();
    if (type == u"double")
        return value.isDouble() || value.isInteger() ? QCborValue(value.toDouble()) : QCborValue();
    if (type == u"int") {
        if (value.isDouble() && isWhole(value.toDouble()))
            return QCborValue(qint64(value.toDouble()));
        return value.isInteger() ? value : QCborValue();
    }
    return value; // "json", and what later versions may add
}

static QString shown(const QCborValue &value)
{
    QByteArray json;
    appendJson(json, value);
    return QString::fromUtf8(json);
}

static bool isOutside(const QCborValue &value, const FieldFact &field)
{
    const auto isNumber = [](const QCborValue &v) { return v.isInteger() || v.isDouble(); };
    if (!isNumber(value))
        return false;
    return (isNumber(field.minimum) && value.toDouble() < field.minimum.toDouble())
        || (isNumber(field.maximum) && value.toDouble() > field.maximum.toDouble());
}

static QString limits(const FieldFact &field)
{
    const bool hasMinimum = !field.minimum.isUndefined() && !field.minimum.isNull();
    const bool hasMaximum = !field.maximum.isUndefined() && !field.maximum.isNull();
    if (hasMinimum && hasMaximum)
        return u"from %1 to %2"_qs.arg(shown(field.minimum), shown(field.maximum));
    return hasMinimum ? u"at least "_qs + shown(field.minimum)
                      : u"at most "_qs + shown(field.maximum);
}

static Result<QCborValue> checkedField(const QCborValue &value, const FieldFact &field,
                                       const EventFact &event)
{
    const QCborValue fitting = fitted(value, field.type);
    if (fitting.isUndefined())
        return Error{
            ErrorCode::InvalidArgument,
            u"The field \"%1\" of %2 is of type %3, and %4 is not; change it in --fields."_qs.arg(
                field.name, event.name, field.type, printable(shown(value).left(60)))};
    if (isOutside(fitting, field))
        return Error{
            ErrorCode::InvalidArgument,
            u"The field \"%1\" of %2 (%3) must be %4, not %5; change it in --fields."_qs.arg(
                field.name, event.name, field.type, limits(field), shown(value))};
    return fitting;
}

Result<QCborMap> checkedFields(const QCborMap &fields, const EventFact &event)
{
    QCborMap checked;
    for (const auto &[key, value] : fields) {
        const QString name = key.toString();
        const auto field = std::find_if(event.fields.begin(), event.fields.end(),
                                        [&](const FieldFact &fact) { return fact.name == name; });
        if (field == event.fields.end())
            return Error{ErrorCode::InvalidArgument,
                         u"%1 has no field %2; it knows %3."_qs.arg(event.name, quoted(name),
                                                                    fieldNames(event))};
        const Result<QCborValue> fitting = checkedField(value, *field, event);
        if (!fitting)
            return fitting.error();
        checked.insert(name, *fitting);
    }
    return checked;
}

} // namespace Fanfare::Cli
