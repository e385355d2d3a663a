// SPDX-License-Identifier: MIT
#include "validate/payloads.h"

#include <QCborArray>
#include <QCborMap>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <array>
#include <cmath>
#include <limits>

namespace Fanfare::Validate {

static constexpr qsizetype longestText = 300; ///< of a payload that is shown

Payloads::Payloads(quint64 seed, const QString &handler)
{
    std::vector<quint32> numbers{quint32(seed), quint32(seed >> 32)};
    for (const QChar c : handler)
        numbers.push_back(c.unicode());
    std::seed_seq sequence(numbers.begin(), numbers.end());
    m_random.seed(sequence);
}

Arguments Payloads::defaults(const EventFact &event)
{
    Arguments arguments;
    for (const FieldFact &field : event.fields) {
        if (!field.defaultValue.isUndefined())
            arguments.fields.insert(field.name, field.defaultValue);
    }
    return arguments;
}

Arguments Payloads::random(const EventFact &event)
{
    Arguments arguments;
    if (event.isTyped) {
        arguments.fields = object(event.fields, 0);
        return arguments;
    }
    for (qint64 i = below(4); i > 0; --i)
        arguments.positional.append(json(0));
    for (qint64 i = below(3); i > 0; --i)
        arguments.named.insert(text(), json(0));
    return arguments;
}

qint64 Payloads::below(qint64 bound)
{
    return qint64(m_random() % quint64(bound));
}

QCborMap Payloads::object(const QList<FieldFact> &fields, int depth)
{
    QCborMap map;
    for (const FieldFact &field : fields) {
        if (field.type != u"opaque" && below(10) > 0) // a missing field keeps its default
            map.insert(field.name, value(field, depth + 1));
    }
    return map;
}

QCborValue Payloads::list(const FieldFact &field, int depth)
{
    QCborArray items;
    for (qint64 i = depth < 4 && !field.items.isEmpty() ? below(5) : 0; i > 0; --i)
        items.append(value(field.items.first(), depth + 1));
    return items;
}

QCborValue Payloads::value(const FieldFact &field, int depth)
{
    if (field.type == u"bool")
        return below(2) == 0;
    if (field.type == u"int")
        return integer(field);
    if (field.type == u"double")
        return real(field);
    if (field.type == u"path")
        return path();
    if (field.type == u"url")
        return std::array{u"http://127.0.0.1:1/x"_qs, QString(), u"file:///none"_qs,
                          u"x-a:b"_qs}[size_t(below(4))];
    if (field.type == u"bytes")
        return QByteArray(below(3000), char(below(256)));
    if (field.type == u"date-time")
        return QDateTime::fromSecsSinceEpoch(below(4'000'000'000), Qt::UTC)
            .toString(Qt::ISODateWithMs);
    if (field.type == u"date")
        return QDate(2000, 1, 1).addDays(below(20'000)).toString(Qt::ISODate);
    if (field.type == u"time")
        return QTime::fromMSecsSinceStartOfDay(int(below(86'400'000))).toString(Qt::ISODateWithMs);
    if (field.type == u"uuid")
        return QUuid::fromRfc4122(QByteArray(16, char(below(256)))).toString();
    if (field.type == u"enum")
        return field.values.value(below(std::max<qint64>(1, field.values.size())));
    if (field.type == u"flags")
        return QCborArray::fromStringList(field.values.mid(below(field.values.size() + 1)));
    if (field.type == u"list")
        return list(field, depth);
    if (field.type == u"object")
        return object(field.fields, depth);
    return field.type == u"json" ? json(depth) : QCborValue(text());
}

QCborValue Payloads::integer(const FieldFact &field)
{
    const qint64 lowest = field.minimum.toInteger(-1'000'000);
    const qint64 highest = field.maximum.toInteger(1'000'000);
    switch (below(5)) {
    case 0:
        return lowest;
    case 1:
        return highest;
    case 2:
        return std::clamp<qint64>(below(3) - 1, lowest, highest);
    default:
        break;
    }
    if (lowest >= highest)
        return lowest;
    const quint64 width = quint64(highest) - quint64(lowest);
    return qint64(quint64(lowest) + (width == ~quint64(0) ? m_random() : m_random() % (width + 1)));
}

QCborValue Payloads::real(const FieldFact &field)
{
    const double lowest = field.minimum.toDouble(-1e6);
    const double highest = field.maximum.toDouble(1e6);
    if (below(4) == 0)
        return below(2) == 0 ? lowest : highest;
    if (below(4) == 0 && lowest <= 0 && highest >= 0)
        return std::array{0.0, -0.0, std::numeric_limits<double>::denorm_min()}[size_t(below(3))];
    return lowest + (highest - lowest) * (double(below(1 << 30)) / (1 << 30));
}

QString Payloads::text()
{
    static const std::array special = {QString(),
                                       u"a"_qs,
                                       u"two words\nand a line"_qs,
                                       u"%1 %s %n {0} $HOME ../.."_qs,
                                       u"\u00e4\u4e2d\U0001F389"_qs,
                                       u"<b>&amp;</b>\"'\\"_qs};
    if (below(3) > 0)
        return special[size_t(below(special.size()))];
    QString text;
    for (qint64 i = below(200); i > 0; --i)
        text.append(QChar(ushort(below(10) > 0 ? 1 + below(0x7e) : 0xa0 + below(0xd700))));
    return text;
}

QString Payloads::path()
{
    // The first three are there; see HandlerStage.
    static const std::array paths = {u"text.txt"_qs,      u"empty"_qs,       u"folder"_qs,
                                     u"missing"_qs,       u"missing/too"_qs, QString(),
                                     u"text.txt/below"_qs};
    return paths[size_t(below(paths.size()))];
}

QCborValue Payloads::json(int depth)
{
    switch (below(depth > 3 ? 5 : 7)) {
    case 0:
        return nullptr;
    case 1:
        return below(2) == 0;
    case 2:
        return below(1 << 30) - (1 << 29);
    case 3:
        return double(below(1 << 30)) / 7;
    case 4:
        return text();
    case 5: {
        QCborArray array;
        for (qint64 i = below(4); i > 0; --i)
            array.append(json(depth + 1));
        return array;
    }
    default: {
        QCborMap map;
        for (qint64 i = below(4); i > 0; --i)
            map.insert(text(), json(depth + 1));
        return map;
    }
    }
}

static QCborValue nested(int depth)
{
    QCborValue value = 1;
    for (int i = 0; i < depth; ++i)
        value = QCborArray{value};
    return value;
}

/// Values that fit hardly any field.
static std::vector<QCborValue> unfitting()
{
    QCborArray many;
    for (int i = 0; i < 10'000; ++i)
        many.append(i);
    return {QCborValue(),
            nullptr,
            true,
            u"no number"_qs,
            QString(1 << 20, u'x'),
            QString(QChar(0xd800)),
            QByteArray("\0\xff", 2),
            std::numeric_limits<qint64>::min(),
            std::numeric_limits<qint64>::max(),
            std::numeric_limits<double>::quiet_NaN(),
            std::numeric_limits<double>::infinity(),
            -1,
            QCborMap{{u""_qs, QCborMap()}},
            many,
            nested(200)};
}

std::vector<Arguments> Payloads::hostile(const EventFact &event)
{
    std::vector<Arguments> all;
    for (const QCborValue &value : unfitting()) {
        for (const FieldFact &field : event.fields) {
            Arguments arguments = defaults(event);
            arguments.fields.insert(field.name, value);
            all.push_back(arguments);
        }
        all.push_back({.positional = {value, value}});
        all.push_back({.named = {{u"name"_qs, value}, {QString(), value}}});
        all.push_back({.fields = {{u"no such field"_qs, value}}});
    }
    return all;
}

/// Texts of a megabyte become short, so that JSON is made of little.
static QJsonValue shown(const QCborValue &value)
{
    if (value.isString())
        return value.toString().left(longestText);
    if (value.isArray() && value.toArray().size() > 100)
        return u"a list of %1"_qs.arg(value.toArray().size());
    return value.toJsonValue();
}

static QJsonObject shown(const QCborMap &map)
{
    QJsonObject json;
    for (const auto &entry : map)
        json.insert(entry.first.toString(), shown(entry.second));
    return json;
}

QString payloadText(const Arguments &arguments)
{
    QJsonObject json;
    if (!arguments.positional.isEmpty()) {
        QJsonArray values;
        for (const QCborValue &value : arguments.positional)
            values.append(shown(value));
        json.insert(u"args"_qs, values);
    }
    if (!arguments.named.isEmpty())
        json.insert(u"named"_qs, shown(arguments.named));
    if (!arguments.fields.isEmpty())
        json.insert(u"fields"_qs, shown(arguments.fields));
    const QString text = QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
    return text.size() > longestText ? text.left(longestText) + u"..."_qs : text;
}

} // namespace Fanfare::Validate
