// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QCborValue>
#include <QStringView>

namespace Fanfare {

/// Appends \a text to \a out as a JSON string in UTF-8. Control characters (DEL and C1 included)
/// are escaped, so that the line is harmless on a terminal; what is no valid UTF-16 becomes U+FFFD.
void appendJson(QByteArray &out, QStringView text);
inline void appendJson(QByteArray &out, const QString &text)
{
    appendJson(out, QStringView(text));
}

/// Appends \a value to \a out as compact JSON: byte strings as base64url text, date-times, URLs and
/// UUIDs as text, other tagged values without their tag, keys that are no text as their JSON text,
/// and null for what JSON has no word for (undefined, infinity, NaN).
void appendJson(QByteArray &out, const QCborValue &value);

/// The same for people: every member of a list or map on a line of its own, indented by two blanks
/// for each level from \a level on.
void appendIndentedJson(QByteArray &out, const QCborValue &value, int level = 0);

/// Writes one JSON object member by member, in the order of the calls, without building a tree:
/// about 1 us for the object of a task. The closing brace is written by the destructor.
class JsonObjectWriter final
{
public:
    explicit JsonObjectWriter(QByteArray &out);
    ~JsonObjectWriter();
    JsonObjectWriter(const JsonObjectWriter &) = delete;
    JsonObjectWriter &operator=(const JsonObjectWriter &) = delete;

    JsonObjectWriter &text(const char *key, QStringView text);
    JsonObjectWriter &number(const char *key, qint64 number);
    JsonObjectWriter &real(const char *key, double number); ///< null unless finite
    JsonObjectWriter &boolean(const char *key, bool value);
    JsonObjectWriter &value(const char *key, const QCborValue &value);

    /// Nanoseconds as microseconds with three decimals.
    JsonObjectWriter &microseconds(const char *key, qint64 nanoseconds);

    /// Writes the key only; the caller appends one JSON value.
    JsonObjectWriter &key(const char *key);

private:
    QByteArray &m_out;
    bool m_isEmpty = true;
};

} // namespace Fanfare
