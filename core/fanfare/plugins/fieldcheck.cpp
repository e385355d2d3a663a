// SPDX-License-Identifier: MIT
#include "fanfare/plugins/fieldcheck.h"

#include <fanfare/sdk/fieldscalar.h>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;
using Kind = FieldProblem::Kind;
using Problem = std::optional<FieldProblem>;
using Path = Detail::FieldPath;

static Problem fit(const FieldFact &field, QCborValue &value, const Path &path);

static FieldProblem problem(Kind kind, const FieldFact &field, const QCborValue &value,
                            const Path &path)
{
    return {kind, path.text(), field, value};
}

static Problem checkLimits(const FieldFact &field, const QCborValue &value, const Path &path)
{
    if (isNumber(field.minimum) && isBelow(value, field.minimum))
        return problem(Kind::TooSmall, field, value, path);
    if (isNumber(field.maximum) && isBelow(field.maximum, value))
        return problem(Kind::TooLarge, field, value, path);
    return {};
}

/// Integers from 2^63 on are for fields that have no upper limit and are never negative.
static Problem fitInteger(const FieldFact &field, QCborValue &value, const Path &path)
{
    if (const auto whole = wholeNumber(value)) {
        value = *whole;
        return checkLimits(field, value, path);
    }
    const bool takesHuge = isNumber(field.minimum) && !isBelow(field.minimum, 0);
    if (!hugeNumber(value) || !takesHuge)
        return problem(Kind::WrongType, field, value, path);
    return checkLimits(field, value, path);
}

static Problem fitReal(const FieldFact &field, QCborValue &value, const Path &path)
{
    const Detail::Scalar real = Detail::realFrom(value, QMetaType::fromType<double>());
    if (!real)
        return problem(Kind::WrongType, field, value, path);
    value = real->toDouble();
    return checkLimits(field, value, path);
}

static Problem checkValues(const FieldFact &field, const QCborArray &names, const Path &path)
{
    for (const QCborValue name : names) {
        if (!field.values.contains(name.toString()))
            return problem(Kind::NotAmongValues, field, name, path);
    }
    return {};
}

static Problem fitItems(const FieldFact &field, QCborValue &value, const Path &path)
{
    QCborArray items;
    for (QCborValue item : value.toArray()) {
        if (auto found = fit(field.items.first(), item, {&path, {}, items.size()}))
            return found;
        items.append(item);
    }
    value = items;
    return {};
}

static Problem fitObject(const QList<FieldFact> &fields, QCborMap &values, const Path *parent)
{
    QCborMap fitted;
    for (const auto &[key, given] : values) {
        const Path path{parent, key.toString()};
        const auto field = std::ranges::find(fields, path.name, &FieldFact::name);
        if (field == fields.end())
            return FieldProblem{Kind::UnknownField, path.text(), {}, given, fields};
        QCborValue value = given;
        if (auto found = fit(*field, value, path))
            return found;
        fitted.insert(path.name, value);
    }
    values = fitted;
    return {};
}

static Problem fitNested(const FieldFact &field, QCborValue &value, const Path &path)
{
    QCborMap map = value.toMap();
    Problem found = fitObject(field.fields, map, &path);
    value = map;
    return found;
}

static Problem fit(const FieldFact &field, QCborValue &value, const Path &path)
{
    const FieldType type = fieldTypeFromName(field.type).value_or(FieldType::Opaque);
    switch (type) {
    case FieldType::Int:
        return fitInteger(field, value, path);
    case FieldType::Double:
        return fitReal(field, value, path);
    case FieldType::Enum:
        if (value.isString())
            return checkValues(field, {value}, path);
        break;
    case FieldType::Flags:
        if (value.isArray())
            return checkValues(field, value.toArray(), path);
        break;
    case FieldType::List:
        if (value.isArray() && !field.items.isEmpty())
            return fitItems(field, value, path);
        break;
    case FieldType::Object:
        if (value.isMap())
            return fitNested(field, value, path);
        break;
    case FieldType::Json:
        return {};
    default:
        if (Detail::scalarFrom(value, type, {}))
            return {};
    }
    return problem(Kind::WrongType, field, value, path);
}

Problem fitFields(const QList<FieldFact> &fields, QCborMap &values)
{
    return fitObject(fields, values, nullptr);
}

Problem fitField(const FieldFact &field, QCborValue &value)
{
    return fit(field, value, {nullptr, field.name});
}

QString fieldTypeText(const FieldFact &field)
{
    if (field.items.isEmpty())
        return field.type;
    return u"%1 of %2"_s.arg(field.type, fieldTypeText(field.items.first()));
}

} // namespace Fanfare
