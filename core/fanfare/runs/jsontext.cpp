// SPDX-License-Identifier: MIT
#include "fanfare/runs/jsontext.h"

#include <QCborArray>
#include <QCborMap>
#include <QUuid>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace Fanfare {

template <typename Number>
static void appendNumber(QByteArray &out, Number number)
{
    std::array<char, 32> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    out.append(text.data(), end - text.data());
}

static void appendReal(QByteArray &out, double number)
{
    if (std::isfinite(number))
        appendNumber(out, number);
    else
        out += "null";
}

static bool isPlain(char16_t unit)
{
    return unit >= 0x20 && unit != u'"' && unit != u'\\' && (unit < 0x7f || unit > 0x9f);
}

static void appendEscaped(QByteArray &out, char16_t unit)
{
    static constexpr char digits[] = "0123456789abcdef";
    switch (unit) {
    case u'"':
        out += "\\\"";
        return;
    case u'\\':
        out += "\\\\";
        return;
    case u'\n':
        out += "\\n";
        return;
    case u'\t':
        out += "\\t";
        return;
    default:
        out += "\\u00";
        out += digits[(unit >> 4) & 0xf];
        out += digits[unit & 0xf];
    }
}

void appendJson(QByteArray &out, QStringView text)
{
    out += '"';
    qsizetype plain = 0; // start of what is copied as it is
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isPlain(text[i].unicode()))
            continue;
        if (i > plain)
            out += text.mid(plain, i - plain).toUtf8();
        appendEscaped(out, text[i].unicode());
        plain = i + 1;
    }
    if (plain < text.size())
        out += text.mid(plain).toUtf8();
    out += '"';
}

static void appendArray(QByteArray &out, const QCborArray &array)
{
    char separator = '[';
    for (const QCborValue value : array) {
        out += separator;
        appendJson(out, value);
        separator = ',';
    }
    out += array.isEmpty() ? "[]" : "]";
}

static QString keyText(const QCborValue &key)
{
    if (key.isString())
        return key.toString();
    QByteArray json;
    appendJson(json, key);
    return QString::fromUtf8(json);
}

static void appendMap(QByteArray &out, const QCborMap &map)
{
    char separator = '{';
    for (const auto &[key, value] : map) {
        out += separator;
        appendJson(out, QStringView(keyText(key)));
        out += ':';
        appendJson(out, value);
        separator = ',';
    }
    out += map.isEmpty() ? "{}" : "}";
}

static void appendTagged(QByteArray &out, const QCborValue &value)
{
    if (value.isUuid())
        appendJson(out, QStringView(value.toUuid().toString(QUuid::WithoutBraces)));
    else
        appendJson(out, value.taggedValue());
}

static void appendBytes(QByteArray &out, const QByteArray &bytes)
{
    out += '"';
    out += bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    out += '"';
}

void appendJson(QByteArray &out, const QCborValue &value)
{
    if (value.isInteger())
        appendNumber(out, value.toInteger());
    else if (value.isString())
        appendJson(out, QStringView(value.toString()));
    else if (value.isBool())
        out += value.toBool() ? "true" : "false";
    else if (value.isDouble())
        appendReal(out, value.toDouble());
    else if (value.isArray())
        appendArray(out, value.toArray());
    else if (value.isMap())
        appendMap(out, value.toMap());
    else if (value.isByteArray())
        appendBytes(out, value.toByteArray());
    else if (value.isTag())
        appendTagged(out, value);
    else
        out += "null";
}

static void startLine(QByteArray &out, int level)
{
    out += '\n';
    out.append(2 * level, ' ');
}

void appendIndentedJson(QByteArray &out, const QCborValue &value, int level)
{
    const bool isArray = value.isArray() && !value.toArray().isEmpty();
    const bool isMap = value.isMap() && !value.toMap().isEmpty();
    if (!isArray && !isMap) {
        appendJson(out, value);
        return;
    }
    char separator = isArray ? '[' : '{';
    for (const QCborValue item : value.toArray()) {
        out += std::exchange(separator, ',');
        startLine(out, level + 1);
        appendIndentedJson(out, item, level + 1);
    }
    for (const auto &[key, item] : value.toMap()) {
        out += std::exchange(separator, ',');
        startLine(out, level + 1);
        appendJson(out, QStringView(keyText(key)));
        out += ": ";
        appendIndentedJson(out, item, level + 1);
    }
    startLine(out, level);
    out += isArray ? ']' : '}';
}

JsonObjectWriter::JsonObjectWriter(QByteArray &out)
    : m_out(out)
{
    m_out += '{';
}

JsonObjectWriter::~JsonObjectWriter()
{
    m_out += '}';
}

JsonObjectWriter &JsonObjectWriter::key(const char *key)
{
    m_out += m_isEmpty ? "\"" : ",\"";
    m_out += key;
    m_out += "\":";
    m_isEmpty = false;
    return *this;
}

JsonObjectWriter &JsonObjectWriter::text(const char *name, QStringView text)
{
    key(name);
    appendJson(m_out, text);
    return *this;
}

JsonObjectWriter &JsonObjectWriter::number(const char *name, qint64 number)
{
    key(name);
    appendNumber(m_out, number);
    return *this;
}

JsonObjectWriter &JsonObjectWriter::real(const char *name, double number)
{
    key(name);
    appendReal(m_out, number);
    return *this;
}

JsonObjectWriter &JsonObjectWriter::boolean(const char *name, bool value)
{
    key(name);
    m_out += value ? "true" : "false";
    return *this;
}

JsonObjectWriter &JsonObjectWriter::value(const char *name, const QCborValue &value)
{
    key(name);
    appendJson(m_out, value);
    return *this;
}

JsonObjectWriter &JsonObjectWriter::microseconds(const char *name, qint64 nanoseconds)
{
    key(name);
    if (nanoseconds < 0)
        m_out += '-';
    const qint64 magnitude = std::abs(nanoseconds);
    appendNumber(m_out, magnitude / 1000);
    const int rest = int(magnitude % 1000);
    m_out += '.';
    m_out += char('0' + rest / 100);
    m_out += char('0' + rest / 10 % 10);
    m_out += char('0' + rest % 10);
    return *this;
}

} // namespace Fanfare
