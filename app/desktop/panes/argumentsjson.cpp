// SPDX-License-Identifier: MIT
#include "argumentsjson.h"

#include <fanfare/plugins/fieldcheck.h>
#include <fanfare/sdk/fieldlimits.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Sentence
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::Arguments)
};

Error invalid(const QString &sentence)
{
    return {ErrorCode::InvalidArgument, sentence};
}

/// Line and column of byte \a offset, both from 1. Columns count characters.
QPair<qsizetype, qsizetype> placeOf(const QByteArray &text, qsizetype offset)
{
    const QByteArray before = text.left(offset);
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return {before.count('\n') + 1, QString::fromUtf8(before.mid(lineStart)).size() + 1};
}

Error syntaxError(const QByteArray &text, const QJsonParseError &error)
{
    const auto [line, column] = placeOf(text, qMax(0, error.offset - 1));
    return invalid(Sentence::tr("This is not valid JSON yet: %1 (line %2, column %3).")
                       .arg(error.errorString())
                       .arg(line)
                       .arg(column));
}

QString tooLarge(qsizetype bytes)
{
    return Sentence::tr("The arguments have %1 MiB, but an emission carries at most 16 MiB. Pass "
                        "the path of a file instead.")
        .arg(double(bytes) / (1024 * 1024), 0, 'f', 1);
}

QString example(const QString &type)
{
    if (type == "date-time"_L1)
        return u"2026-11-25T20:33:42Z"_s;
    if (type == "date"_L1)
        return u"2026-11-25"_s;
    if (type == "time"_L1)
        return u"20:33:42"_s;
    if (type == "url"_L1)
        return u"https://example.org/"_s;
    return u"6ba7b810-9dad-11d1-80b4-00c04fd430c8"_s;
}

QString expected(const FieldFact &field)
{
    if (field.type == "int"_L1)
        return Sentence::tr("a whole number");
    if (field.type == "double"_L1)
        return Sentence::tr("a number");
    if (field.type == "bool"_L1)
        return Sentence::tr("true or false");
    if (field.type == "text"_L1 || field.type == "path"_L1)
        return Sentence::tr("a text in quotes");
    if (field.type == "bytes"_L1)
        return Sentence::tr("bytes as base64");
    if (field.type == "enum"_L1)
        return Sentence::tr("one of %1").arg(field.values.join(u", "_s));
    if (field.type == "flags"_L1)
        return Sentence::tr("a list of some of %1").arg(field.values.join(u", "_s));
    if (field.type == "list"_L1)
        return Sentence::tr("a list: [ ]");
    if (field.type == "object"_L1)
        return Sentence::tr("an object: { }");
    if (field.type == "opaque"_L1)
        return Sentence::tr("left out: it cannot be written");
    return Sentence::tr("written like %1").arg(example(field.type));
}

QString fieldNames(const QList<FieldFact> &fields)
{
    QStringList names;
    for (const FieldFact &field : fields)
        names.append(field.name);
    return names.join(u", "_s);
}

Error wrong(const FieldProblem &problem, const QString &event)
{
    const QString path = problem.path;
    switch (problem.kind) {
    case FieldProblem::Kind::UnknownField:
        return invalid(Sentence::tr("%1 has no field “%2”; its fields are: %3.")
                           .arg(event, path, fieldNames(problem.known)));
    case FieldProblem::Kind::TooSmall:
        return invalid(Sentence::tr("The field “%1” must be at least %2.")
                           .arg(path, numberText(problem.field.minimum)));
    case FieldProblem::Kind::TooLarge:
        return invalid(Sentence::tr("The field “%1” must be at most %2.")
                           .arg(path, numberText(problem.field.maximum)));
    case FieldProblem::Kind::NotAmongValues:
    case FieldProblem::Kind::WrongType:
        break;
    }
    return invalid(Sentence::tr("The field “%1” must be %2.").arg(path, expected(problem.field)));
}

Result<Arguments> fieldsOf(QCborMap map, const EventFact &event)
{
    if (const auto problem = fitFields(event.fields, map))
        return wrong(*problem, event.name);
    return Arguments{{}, {}, map};
}

Result<Arguments> argumentsOf(const QCborValue &value, const EventFact *event)
{
    const bool isTyped = event && event->isTyped;
    if (isTyped && !value.isMap()) {
        return invalid(Sentence::tr("%1 has named fields: write an object such as %2.")
                           .arg(event->name, jsonTemplate(*event).simplified()));
    }
    if (isTyped)
        return fieldsOf(value.toMap(), *event);
    if (value.isArray())
        return Arguments{value.toArray(), {}, {}};
    if (value.isMap())
        return Arguments{{}, value.toMap(), {}};
    return invalid(Sentence::tr("Arguments are an array, [1, \"two\"], or an object, "
                                "{\"name\": \"value\"}: put the value into brackets."));
}

} // namespace

Result<QCborValue> valueFromJson(const QString &text)
{
    // A document must be an array or an object in Qt 6.4; inside brackets any value may stand.
    const QByteArray wrapped = '[' + text.toUtf8() + '\n' + ']';
    QJsonParseError error;
    const QJsonArray array = QJsonDocument::fromJson(wrapped, &error).array();
    if (error.error != QJsonParseError::NoError) {
        error.offset = qMax(1, error.offset - 1);
        return syntaxError(text.toUtf8(), error);
    }
    if (array.size() != 1)
        return invalid(Sentence::tr("Exactly one JSON value belongs here."));
    return QCborValue::fromJsonValue(array.first());
}

Result<Arguments> argumentsFromJson(const QString &text, const EventFact *event)
{
    if (text.size() > maximumPayload)
        return invalid(tooLarge(text.size()));
    if (text.trimmed().isEmpty())
        return Arguments();
    const Result<QCborValue> value = valueFromJson(text);
    if (!value)
        return value.error();
    Result<Arguments> arguments = argumentsOf(*value, event);
    if (!arguments)
        return arguments;
    if (const Result<void> fine = checkPayload(*arguments); !fine)
        return fine.error();
    return arguments;
}

Result<QCborValue> checkedValue(const FieldFact &field, const QCborValue &value)
{
    QCborValue fitted = value;
    if (const auto problem = fitField(field, fitted))
        return wrong(*problem, field.name);
    return fitted;
}

Result<void> checkPayload(const Arguments &arguments)
{
    const qsizetype bytes = QCborValue(arguments.positional).toCbor().size()
        + QCborValue(arguments.named).toCbor().size()
        + QCborValue(arguments.fields).toCbor().size();
    if (bytes > maximumPayload)
        return invalid(tooLarge(bytes));
    return {};
}

QString jsonTemplate(const EventFact &event)
{
    QJsonObject object;
    for (const FieldFact &field : event.fields)
        object.insert(field.name, field.defaultValue.toJsonValue());
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)).trimmed();
}

QString compactJson(const QCborValue &value)
{
    return value.isUndefined() ? QString() : readableJson(value).simplified();
}

QString readableJson(const QCborValue &value)
{
    if (value.isString())
        return value.toString();
    const QJsonValue json = value.toJsonValue();
    if (json.isObject())
        return QString::fromUtf8(QJsonDocument(json.toObject()).toJson()).trimmed();
    const QString array = QString::fromUtf8(
        QJsonDocument(json.isArray() ? json.toArray() : QJsonArray{json})
            .toJson(json.isArray() ? QJsonDocument::Indented : QJsonDocument::Compact));
    return json.isArray() ? array.trimmed() : array.mid(1, array.size() - 2);
}

} // namespace Fanfare
