// SPDX-License-Identifier: MIT
#include "fanfare/plugins/metadataschema.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <vector>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

using Problem = std::optional<MetadataProblem>;
using Check = Problem (*)(const QString &field, const QJsonValue &value);

enum class Need : quint8 { Optional, Required };

struct Rule
{
    QLatin1StringView key;
    Check check;
    Need need = Need::Optional;
};

constexpr int maximumIdLength = 128;
constexpr int interfaceVersion = 1;
constexpr double largestNumber = 1e9;

Problem text(const QString &field, const QJsonValue &value)
{
    return value.isString() ? Problem() : MetadataProblem{field, u"a text"_s};
}

Problem filledText(const QString &field, const QJsonValue &value)
{
    if (!value.isString())
        return text(field, value);
    return value.toString().isEmpty() ? MetadataProblem{field, u"a text that is not empty"_s}
                                      : Problem();
}

Problem identity(const QString &field, const QJsonValue &value)
{
    if (value.toString().size() > maximumIdLength)
        return MetadataProblem{field, u"at most %1 characters long"_s.arg(maximumIdLength)};
    return filledText(field, value);
}

Problem truth(const QString &field, const QJsonValue &value)
{
    return value.isBool() ? Problem() : MetadataProblem{field, u"true or false"_s};
}

Problem wholeNumber(const QString &field, const QJsonValue &value, double maximum)
{
    const double number = value.toDouble(-1);
    if (number >= 1 && number <= maximum && std::floor(number) == number)
        return {};
    return MetadataProblem{field, u"a whole number from 1 to %1"_s.arg(qint64(maximum))};
}

Problem count(const QString &field, const QJsonValue &value)
{
    return wholeNumber(field, value, largestNumber);
}

Problem probeTimeout(const QString &field, const QJsonValue &value)
{
    return wholeNumber(field, value, 60'000); // nobody waits for longer
}

Problem list(const QString &field, const QJsonValue &value, Check checkItem)
{
    if (!value.isArray())
        return MetadataProblem{field, u"a list"_s};
    const QJsonArray items = value.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (auto problem = checkItem(u"%1[%2]"_s.arg(field).arg(i), items[i]))
            return problem;
    }
    return {};
}

Problem texts(const QString &field, const QJsonValue &value)
{
    return list(field, value, &filledText);
}

Problem kind(const QString &field, const QJsonValue &value)
{
    const bool isKnown = value == "sync"_L1 || value == "blocking"_L1 || value == "async"_L1;
    return isKnown ? Problem() : MetadataProblem{field, u"\"sync\", \"blocking\" or \"async\""_s};
}

Problem isolation(const QString &field, const QJsonValue &value)
{
    const bool isKnown = value == "process"_L1 || value == "thread"_L1 || value == "any"_L1;
    return isKnown ? Problem() : MetadataProblem{field, u"\"process\", \"thread\" or \"any\""_s};
}

/// The lowest and the highest version of the interface that the plugin works with.
Problem interfaceRange(const QString &field, const QJsonValue &value)
{
    if (auto problem = list(field, value, &count))
        return problem;
    const QJsonArray range = value.toArray();
    if (range.size() != 2 || range[0].toInt() > range[1].toInt())
        return MetadataProblem{field, u"a list of two numbers, the lower one first"_s};
    if (range[0].toInt() > interfaceVersion || range[1].toInt() < interfaceVersion)
        return MetadataProblem{
            field,
            u"a range that holds %1, the version of the interface that it is built with"_s.arg(
                interfaceVersion)};
    return {};
}

Problem object(const QString &prefix, const QJsonObject &json, const std::vector<Rule> &rules)
{
    for (const Rule &rule : rules) {
        const QJsonValue value = json.value(rule.key);
        if (value.isUndefined() && rule.need == Need::Optional)
            continue;
        if (auto problem = rule.check(prefix + rule.key, value))
            return problem;
    }
    return {};
}

Problem handler(const QString &field, const QJsonValue &value)
{
    if (!value.isObject())
        return MetadataProblem{field, u"an object"_s};
    return object(field + u'.', value.toObject(),
                  {{"name"_L1, &filledText, Need::Required},
                   {"events"_L1, &texts},
                   {"kind"_L1, &kind},
                   {"isolation"_L1, &isolation},
                   {"idempotent"_L1, &truth},
                   {"deadlineMs"_L1, &count},
                   {"maxMemoryMb"_L1, &count},
                   {"concurrency"_L1, &count},
                   {"misbehaves"_L1, &truth}});
}

Problem handlers(const QString &field, const QJsonValue &value)
{
    if (auto problem = list(field, value, &handler))
        return problem;
    QSet<QString> names;
    const QJsonArray items = value.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QString name = items[i].toObject().value("name"_L1).toString();
        if (names.contains(name))
            return MetadataProblem{u"%1[%2].name"_s.arg(field).arg(i),
                                   u"a name that no other handler has"_s};
        names.insert(name);
    }
    return {};
}

} // namespace

bool isDeeperThan(const QJsonValue &value, int levels)
{
    if (!value.isObject() && !value.isArray())
        return false;
    if (levels == 0)
        return true;
    const auto isTooDeep = [levels](const QJsonValue &inner) {
        return isDeeperThan(inner, levels - 1);
    };
    const QJsonObject object = value.toObject();
    const QJsonArray array = value.toArray();
    return std::any_of(object.begin(), object.end(), isTooDeep)
        || std::any_of(array.begin(), array.end(), isTooDeep);
}

std::optional<MetadataProblem> metadataProblem(const QJsonObject &metadata)
{
    return object({}, metadata,
                  {{"id"_L1, &identity, Need::Required},
                   {"name"_L1, &filledText, Need::Required},
                   {"version"_L1, &filledText, Need::Required},
                   {"abi"_L1, &interfaceRange},
                   {"summary"_L1, &text},
                   {"description"_L1, &text},
                   {"vendor"_L1, &text},
                   {"license"_L1, &text},
                   {"url"_L1, &text},
                   {"events"_L1, &texts},
                   {"handlers"_L1, &handlers},
                   {"probeTimeoutMs"_L1, &probeTimeout},
                   {"capabilities"_L1, &texts},
                   {"dependencies"_L1, &texts},
                   {"misbehaves"_L1, &truth}});
}

} // namespace Fanfare
