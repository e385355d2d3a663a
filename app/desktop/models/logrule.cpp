// SPDX-License-Identifier: MIT
#include "logrule.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr std::array<QLatin1StringView, 5> levelNames{
    QLatin1StringView("debug"), QLatin1StringView("info"), QLatin1StringView("warning"),
    QLatin1StringView("error"), QLatin1StringView("printed")};
static_assert(size_t(LogLevel::Debug) == 0 && size_t(LogLevel::Printed) == levelNames.size() - 1);

LogRules::LogRules(const QList<LogRule> &rules)
    : m_list(rules.mid(0, maximumCount))
{
    for (const LogRule &rule : std::as_const(m_list))
        m_patterns.emplace_back(rule.text);
}

std::optional<Tint> LogRules::tintOf(LogLevel level, const QString &source,
                                     const QString &text) const
{
    for (qsizetype i = 0; i < m_list.size(); ++i) {
        const LogRule &rule = m_list[i];
        if (!rule.isEmpty() && (!rule.level || *rule.level == level)
            && source.contains(rule.source, Qt::CaseInsensitive)
            && m_patterns[size_t(i)].matches(text))
            return rule.tint;
    }
    return {};
}

QJsonArray toJsonArray(const QList<LogRule> &rules)
{
    QJsonArray list;
    for (const LogRule &rule : rules) {
        QJsonObject object{{u"tint"_s, tintName(rule.tint)}};
        if (!rule.text.isEmpty())
            object[u"text"_s] = rule.text;
        if (rule.level)
            object[u"level"_s] = QString(levelNames[size_t(*rule.level)]);
        if (!rule.source.isEmpty())
            object[u"source"_s] = rule.source;
        list.append(object);
    }
    return list;
}

QByteArray toJson(const QList<LogRule> &rules)
{
    return QJsonDocument(toJsonArray(rules)).toJson(QJsonDocument::Compact);
}

static QString namesOfLevels()
{
    QStringList names;
    for (const QLatin1StringView name : levelNames)
        names.append(name);
    return names.join(u", "_s);
}

static std::optional<LogRule> ruleFrom(const QJsonObject &object)
{
    LogRule rule;
    const std::optional<Tint> tint = tintNamed(object[u"tint"_s].toString());
    const QString level = object[u"level"_s].toString();
    const auto named = std::find(levelNames.begin(), levelNames.end(), level);
    if (!tint || (!level.isEmpty() && named == levelNames.end()))
        return {};
    rule.tint = *tint;
    if (!level.isEmpty())
        rule.level = LogLevel(named - levelNames.begin());
    rule.text = object[u"text"_s].toString();
    rule.source = object[u"source"_s].toString();
    return rule;
}

QList<LogRule> logRulesFrom(const QByteArray &json)
{
    QList<LogRule> rules;
    for (const QJsonValue &value : QJsonDocument::fromJson(json).array()) {
        if (const std::optional<LogRule> rule = ruleFrom(value.toObject());
            rule && rules.size() < LogRules::maximumCount)
            rules.append(*rule);
    }
    return rules;
}

Result<QList<LogRule>> readLogRules(const QJsonValue &value)
{
    const auto refuse = [](const QString &sentence) {
        return Error{ErrorCode::InvalidArgument, sentence};
    };
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("Fanfare::LogRule", text);
    };
    const QJsonArray list = value.toArray();
    if (!value.isArray())
        return refuse(tr("/logRules has to be a list of rules."));
    if (list.size() > LogRules::maximumCount)
        return refuse(tr("/logRules has more than %1 rules.").arg(LogRules::maximumCount));
    QList<LogRule> rules;
    for (const QJsonValue &each : list) {
        const std::optional<LogRule> rule = ruleFrom(each.toObject());
        if (!rule)
            return refuse(tr("/logRules/%1 is no rule: it needs a \"tint\", and a \"level\" has "
                             "to be one of: %2.")
                              .arg(rules.size())
                              .arg(namesOfLevels()));
        rules.append(*rule);
    }
    return rules;
}

} // namespace Fanfare
