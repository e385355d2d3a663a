// SPDX-License-Identifier: MIT
#include "comparison.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fanfare::Conformance {

static QString text(const QJsonValue &value)
{
    const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.mid(1, json.size() - 2));
}

/// \a value with every array in order: all arrays in results and registries stand for sets. An
/// element that occurs twice stays a difference.
static QJsonValue ordered(const QJsonValue &value)
{
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        QStringList names;
        for (const QJsonValue &element : array)
            names.append(element.toString());
        names.sort();
        return QJsonArray::fromStringList(names);
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        it.value() = ordered(it.value());
    return object;
}

/// The members of \a operation that tell it from others, without what is long.
static QString title(const QJsonObject &operation)
{
    QJsonObject brief = operation;
    brief.remove("behaviour"_L1);
    brief.remove("op"_L1);
    return u"%1 %2"_s.arg(operation["op"_L1].toString(), text(brief));
}

static void compareResults(const QJsonObject &scenario, const QJsonArray &results,
                           QStringList &lines)
{
    const QJsonArray operations = scenario["ops"_L1].toArray();
    const QJsonArray expected = scenario["expect"_L1]["results"_L1].toArray();
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const QJsonValue actual = i < results.size() ? ordered(results[i]) : QJsonValue(u"none"_s);
        if (actual != ordered(expected[i])) {
            lines.append(u"op %1 %2: expected %3, got %4"_s.arg(QString::number(i),
                                                                title(operations[i].toObject()),
                                                                text(expected[i]), text(actual)));
        }
    }
}

/// Compares without order; linear search is fast enough for some hundred entries.
static void compareMultisets(const QString &what, const QJsonArray &expected,
                             std::vector<QJsonObject> actual, QStringList &lines)
{
    for (const QJsonValue &entry : expected) {
        const auto found = std::ranges::find(actual, entry.toObject());
        if (found == actual.end())
            lines.append(u"missing %1: %2"_s.arg(what, text(entry)));
        else
            actual.erase(found);
    }
    for (const QJsonObject &entry : actual)
        lines.append(u"unexpected %1: %2"_s.arg(what, text(entry)));
}

static QJsonObject withOrderedResult(QJsonObject entry)
{
    entry["result"_L1] = ordered(entry["result"_L1]);
    return entry;
}

static void compareNested(const QJsonArray &expected, const std::vector<QJsonObject> &actual,
                          QStringList &lines)
{
    QJsonArray expectedOrdered;
    for (const QJsonValue &entry : expected)
        expectedOrdered.append(withOrderedResult(entry.toObject()));
    std::vector<QJsonObject> actualOrdered;
    for (const QJsonObject &entry : actual)
        actualOrdered.push_back(withOrderedResult(entry));
    compareMultisets(u"nested result"_s, expectedOrdered, actualOrdered, lines);
}

QStringList differences(const QJsonObject &scenario, const Observation &observation)
{
    const QJsonObject expect = scenario["expect"_L1].toObject();
    QStringList lines = observation.problems;
    compareResults(scenario, observation.results, lines);
    compareMultisets(u"call"_s, expect["calls"_L1].toArray(), observation.calls, lines);
    compareNested(expect["nested"_L1].toArray(), observation.nested, lines);
    const QJsonArray order = QJsonArray::fromStringList(observation.order);
    if (expect.contains("order"_L1) && expect["order"_L1] != order) {
        lines.append(u"order of the emissions: expected %1, got %2"_s.arg(text(expect["order"_L1]),
                                                                          text(order)));
    }
    if (ordered(expect["registry"_L1]) != ordered(observation.registry)) {
        lines.append(u"registry at the end: expected %1, got %2"_s.arg(text(expect["registry"_L1]),
                                                                       text(observation.registry)));
    }
    return lines;
}

} // namespace Fanfare::Conformance
