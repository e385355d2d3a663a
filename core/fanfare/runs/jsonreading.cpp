// SPDX-License-Identifier: MIT
#include "fanfare/runs/jsonreading.h"

#include <cmath>

namespace Fanfare {

using namespace Qt::StringLiterals;

JsonReading::JsonReading(QJsonObject object, QString path)
    : m_object(std::move(object))
    , m_path(std::move(path))
{
}

QString JsonReading::pathOf(const QString &key) const
{
    return m_path + key;
}

void JsonReading::refuse(const QString &key, const QString &reason)
{
    if (m_error.isEmpty())
        m_error = u"\"%1\" is wrong: %2."_s.arg(pathOf(key), reason);
}

void JsonReading::adopt(const JsonReading &entry)
{
    if (m_error.isEmpty())
        m_error = entry.m_error;
}

QJsonValue JsonReading::take(const QString &key, QJsonValue::Type type, const QString &name)
{
    m_known.insert(key);
    QJsonValue value = m_object.value(key);
    if (value.isUndefined() || value.type() == type)
        return value;
    refuse(key, u"it must be %1"_s.arg(name));
    return QJsonValue(QJsonValue::Undefined);
}

QString JsonReading::text(const QString &key, const QString &otherwise)
{
    return take(key, QJsonValue::String, u"a text"_s).toString(otherwise);
}

QString JsonReading::requiredText(const QString &key)
{
    const QString value = text(key, {});
    if (value.isEmpty())
        refuse(key, u"there must be a text that is not empty"_s);
    return value;
}

double JsonReading::number(const QString &key, double otherwise, double lowest, double highest)
{
    const double value = take(key, QJsonValue::Double, u"a number"_s).toDouble(otherwise);
    if (value >= lowest && value <= highest)
        return value;
    refuse(key,
           u"it must be from %1 to %2"_s.arg(QString::number(lowest, 'f', 0),
                                             QString::number(highest, 'f', 0)));
    return otherwise;
}

double JsonReading::whole(const QString &key, double otherwise, double lowest, double highest)
{
    const double value = number(key, otherwise, lowest, highest);
    if (value != std::floor(value))
        refuse(key, u"it must be a whole number"_s);
    return std::floor(value);
}

QJsonValue JsonReading::list(const QString &key)
{
    return take(key, QJsonValue::Array, u"a list"_s);
}

QJsonValue JsonReading::object(const QString &key)
{
    return take(key, QJsonValue::Object, u"an object"_s);
}

JsonReading JsonReading::entry(const QString &key, qsizetype index)
{
    const QString path = u"%1[%2]"_s.arg(pathOf(key)).arg(index);
    const QJsonValue value = m_object.value(key).toArray().at(index);
    if (!value.isObject() && m_error.isEmpty())
        m_error = u"\"%1\" is wrong: it must be an object."_s.arg(path);
    return JsonReading(value.toObject(), path + u'.');
}

void JsonReading::refuseUnknownKeys()
{
    for (const QString &key : m_object.keys()) {
        if (!m_known.contains(key))
            refuse(key, u"there is no such key here; check its spelling"_s);
    }
}

} // namespace Fanfare
