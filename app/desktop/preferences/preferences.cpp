// SPDX-License-Identifier: MIT
#include "preferences.h"

#include <QSettings>

#include <algorithm>
#include <cmath>
#include <optional>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView formatName("fanfare-preferences");
static constexpr int formatVersion = 1;

/// The number \a value stands for, from settings or JSON; nothing when it is no whole number.
static std::optional<qint64> wholeNumber(const QVariant &value)
{
    if (value.typeId() == QMetaType::Double) {
        const double number = value.toDouble();
        const bool isWhole = std::trunc(number) == number && std::abs(number) < 9e15;
        return isWhole ? std::optional(static_cast<qint64>(number)) : std::nullopt;
    }
    bool isNumber = false;
    const qint64 number = value.toLongLong(&isNumber);
    return isNumber && value.typeId() != QMetaType::Bool ? std::optional(number) : std::nullopt;
}

static QString sentenceOn(const Preference &preference, const QVariant &value)
{
    if (preference.kind == PreferenceKind::Text) {
        return value.typeId() == QMetaType::QString
            ? preference.problem(value.toString())
            : Preferences::tr("%1 has to be a text.").arg(preference.key);
    }
    if (preference.kind == PreferenceKind::Number) {
        return Preferences::tr("%1 has to be a whole number from %2 to %3.")
            .arg(preference.key)
            .arg(preference.least)
            .arg(preference.most);
    }
    QStringList names;
    for (const PreferenceChoice &choice : preference.choices)
        names.append(choice.value);
    return Preferences::tr("%1 has to be one of: %2.").arg(preference.key, names.join(u", "_s));
}

/// \a value as \a preference keeps it; nothing when it cannot be that.
static QVariant fitted(const Preference &preference, const QVariant &value)
{
    if (preference.kind == PreferenceKind::Number) {
        const std::optional<qint64> number = wholeNumber(value);
        const bool fits = number && *number >= preference.least && *number <= preference.most;
        return fits ? QVariant(*number) : QVariant();
    }
    if (value.typeId() != QMetaType::QString)
        return {};
    if (preference.kind == PreferenceKind::Text) {
        const QString text = value.toString().trimmed();
        return preference.problem(text).isEmpty() ? QVariant(text) : QVariant();
    }
    const QString name = value.toString();
    const bool fits = std::any_of(preference.choices.begin(), preference.choices.end(),
                                  [&](const auto &choice) { return choice.value == name; });
    return fits ? QVariant(name) : QVariant();
}

Preferences::Preferences(QList<Preference> list, QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_list(std::move(list))
    , m_settings(settings)
{
}

const Preference *Preferences::find(const QString &key) const
{
    const auto found = std::find_if(m_list.begin(), m_list.end(),
                                    [&](const auto &entry) { return entry.key == key; });
    return found == m_list.end() ? nullptr : &*found;
}

QVariant Preferences::value(const QString &key) const
{
    const Preference *preference = find(key);
    if (!preference)
        return {};
    const QVariant saved = fitted(*preference, m_settings.value(key));
    return saved.isValid() ? saved : preference->standard;
}

bool Preferences::isStandard(const QString &key) const
{
    const Preference *preference = find(key);
    return !preference || value(key) == preference->standard;
}

Result<void> Preferences::set(const QString &key, const QVariant &value)
{
    const Preference *preference = find(key);
    if (!preference) {
        return Error{ErrorCode::InvalidArgument,
                     tr("There is no preference “%1” in this version.").arg(key)};
    }
    const QVariant fitting = fitted(*preference, value);
    if (!fitting.isValid())
        return Error{ErrorCode::InvalidArgument, sentenceOn(*preference, value)};
    if (fitting == this->value(key))
        return {};
    m_settings.setValue(key, fitting);
    Q_EMIT changed(key);
    return {};
}

void Preferences::reset(const QString &key)
{
    const bool was = isStandard(key);
    m_settings.remove(key);
    if (!was)
        Q_EMIT changed(key);
}

QJsonObject Preferences::toJson() const
{
    QJsonObject set;
    for (const Preference &preference : m_list) {
        if (!isStandard(preference.key))
            set.insert(preference.key, QJsonValue::fromVariant(value(preference.key)));
    }
    QJsonObject json{
        {u"format"_s, formatName}, {u"version"_s, formatVersion}, {u"preferences"_s, set}};
    for (const PreferencePart &part : m_parts)
        json.insert(part.name, part.read());
    return json;
}

Result<void> Preferences::takeJson(const QJsonObject &json)
{
    const auto refuse = [](const QString &sentence) {
        return Error{ErrorCode::InvalidArgument, sentence};
    };
    if (json[u"format"].toString() != formatName || !json[u"preferences"].isObject())
        return refuse(tr("This is no file of preferences: /format is not “%1”.").arg(formatName));
    if (json[u"version"].toInt() != formatVersion) {
        return refuse(tr("The preferences are of version %1; this program reads version %2.")
                          .arg(json[u"version"].toInt())
                          .arg(formatVersion));
    }
    const QJsonObject wanted = json[u"preferences"].toObject();
    for (auto entry = wanted.begin(); entry != wanted.end(); ++entry) {
        const Preference *preference = find(entry.key());
        if (!preference)
            return refuse(tr("There is no preference “%1” in this version.").arg(entry.key()));
        if (!fitted(*preference, entry.value().toVariant()).isValid())
            return refuse(sentenceOn(*preference, entry.value().toVariant()));
    }
    for (const PreferencePart &part : m_parts) {
        if (!json.contains(part.name))
            continue;
        if (const Result<void> fits = part.check(json[part.name]); !fits)
            return fits.error();
    }
    for (const PreferencePart &part : m_parts) {
        if (json.contains(part.name))
            part.take(json[part.name]);
    }
    for (const Preference &preference : m_list) {
        if (wanted.contains(preference.key))
            (void)set(preference.key, wanted[preference.key].toVariant());
        else
            reset(preference.key);
    }
    return {};
}

} // namespace Fanfare
