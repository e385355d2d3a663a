// SPDX-License-Identifier: MIT
#include "cli/jsoninput.h"

#include "cli/wording.h"

#include <QCborArray>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace Fanfare::Cli {

/// Far above every payload that can be sent; keeps `@/dev/zero` from filling the memory.
static constexpr qint64 maximumInput = 256 << 20;

static Result<QByteArray> textOf(const QString &option, const QString &text)
{
    if (!text.startsWith(u'@'))
        return text.toUtf8();
    const QString path = text.mid(1);
    QFile file(path);
    const bool isOpen =
        path == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return Error{ErrorCode::Unreadable,
                     u"%1 cannot read %2: %3; check the path after the @."_qs.arg(
                         option, quoted(path), file.errorString())};
    QByteArray content;
    for (QByteArray part; content.size() <= maximumInput; content += part) {
        part = file.read(1 << 20); // a pipe gives less than it is asked for
        if (part.isEmpty())
            break;
    }
    if (file.error() != QFile::NoError)
        return Error{ErrorCode::Unreadable,
                     u"%1 cannot read %2: %3; it must be a file."_qs.arg(option, quoted(path),
                                                                         file.errorString())};
    if (content.size() > maximumInput)
        return Error{ErrorCode::InvalidArgument,
                     u"%1 is above 256 MiB in %2; at most 16 MiB travel with one emission."_qs.arg(
                         option, quoted(path))};
    return content;
}

static Error positioned(const QString &option, const QByteArray &json, const QJsonParseError &error)
{
    const qsizetype offset = qBound(qsizetype(0), qsizetype(error.offset), json.size());
    const qsizetype position = QString::fromUtf8(json.left(offset)).size() + 1;
    const QString near = QString::fromUtf8(json.mid(qMax<qsizetype>(0, offset - 10), 30));
    return {
        ErrorCode::InvalidArgument,
        u"%1 is no valid JSON at character %2, near %3: %4; text and keys need double quotes."_qs
            .arg(option)
            .arg(position)
            .arg(quoted(near.trimmed()), error.errorString())};
}

Result<QCborValue> parseJson(const QString &option, const QString &text)
{
    const Result<QByteArray> json = textOf(option, text);
    if (!json)
        return json.error();
    if (json->trimmed().isEmpty())
        return Error{ErrorCode::InvalidArgument,
                     u"%1 is empty; give it a JSON value or leave it out."_qs.arg(option)};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*json, &error);
    if (error.error == QJsonParseError::NoError)
        return document.isArray() ? QCborValue(QCborArray::fromJsonArray(document.array()))
                                  : QCborValue::fromJsonValue(document.object());
    // The parser takes arrays and objects only; a number or a text is valid JSON all the same.
    const QJsonArray wrapped = QJsonDocument::fromJson('[' + *json + ']').array();
    if (wrapped.size() == 1)
        return QCborValue::fromJsonValue(wrapped.first());
    return positioned(option, *json, error);
}

} // namespace Fanfare::Cli
