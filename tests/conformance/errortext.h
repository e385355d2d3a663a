// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <string>

namespace Fanfare::Conformance {

inline const QString &packedMark()
{
    static const QString mark = QStringLiteral("utf-16 packed ");
    return mark;
}

/// \a text as std::exception::what() can carry it, which is a chain of bytes without a zero and
/// read as UTF-8: anything else is packed.
inline std::string thrownText(const QString &text)
{
    const bool isCarried = text.isValidUtf16() && !text.contains(QChar(u'\0'))
        && !text.startsWith(QChar::ByteOrderMark) && !text.startsWith(packedMark());
    if (isCarried)
        return text.toStdString();
    const QByteArray bytes(reinterpret_cast<const char *>(text.utf16()),
                           text.size() * qsizetype(sizeof(char16_t)));
    return packedMark().toStdString() + bytes.toHex().toStdString();
}

/// What thrownText() was given.
inline QString receivedText(const QString &text)
{
    if (!text.startsWith(packedMark()))
        return text;
    const QByteArray bytes = QByteArray::fromHex(text.sliced(packedMark().size()).toLatin1());
    return QString(reinterpret_cast<const QChar *>(bytes.constData()),
                   bytes.size() / qsizetype(sizeof(char16_t)));
}

} // namespace Fanfare::Conformance
