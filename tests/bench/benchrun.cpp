// SPDX-License-Identifier: MIT
#include "benchrun.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

namespace Fanfare::Bench {

using Rounds = std::vector<std::vector<double>>; // values of one case: [round][column]

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const size_t middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

static QString referenceOf(const Family &family, const Case &each)
{
    return each.reference.isEmpty() ? family.cases.front().name : each.reference;
}

std::vector<Family> selected(std::vector<Family> families, const QString &text)
{
    for (Family &family : families) {
        QSet<QString> wanted;
        for (const Case &each : family.cases) {
            if ((family.name + u'/' + each.name).contains(text))
                wanted << each.name << referenceOf(family, each);
        }
        std::erase_if(family.cases, [&](const Case &each) { return !wanted.contains(each.name); });
    }
    std::erase_if(families, [](const Family &family) { return family.cases.empty(); });
    return families;
}

static void report(int round, const Family &family, const Case &each,
                   const std::vector<double> &values)
{
    std::fprintf(stderr, "round %d  %-20s %-26s", round, qPrintable(family.name),
                 qPrintable(each.name));
    for (qsizetype i = 0; i < family.columns.size(); ++i)
        std::fprintf(stderr, "  %s %.4g", qPrintable(family.columns[i]), values[size_t(i)]);
    std::fputc('\n', stderr);
}

static QJsonObject spread(const std::vector<double> &values, const char16_t *name,
                          QJsonObject object)
{
    const QString key = QString::fromUtf16(name);
    const auto [low, high] = std::ranges::minmax(values);
    object[key] = median(values);
    object[key + QStringLiteral("Min")] = low;
    object[key + QStringLiteral("Max")] = high;
    return object;
}

static QJsonObject columnSummary(const QString &name, size_t column, const Rounds &rounds,
                                 const Rounds &reference)
{
    std::vector<double> values;
    std::vector<double> ratios;
    for (size_t i = 0; i < rounds.size(); ++i) {
        values.push_back(rounds[i][column]);
        ratios.push_back(rounds[i][column] / reference[i][column]);
    }
    const QJsonObject object{{QStringLiteral("name"), name}};
    const auto isMissing = [](const std::vector<double> &some) {
        return std::ranges::any_of(some, [](double each) { return std::isnan(each); });
    };
    if (isMissing(values))
        return object;
    const QJsonObject measured = spread(values, u"median", object);
    return isMissing(ratios) ? measured : spread(ratios, u"ratio", measured);
}

static QJsonObject familySummary(const Family &family, const std::map<QString, Rounds> &measured)
{
    QJsonArray cases;
    for (const Case &each : family.cases) {
        const QString reference = referenceOf(family, each);
        QJsonArray columns;
        for (qsizetype i = 0; i < family.columns.size(); ++i) {
            columns.append(columnSummary(family.columns[i], size_t(i), measured.at(each.name),
                                         measured.at(reference)));
        }
        cases.append(QJsonObject{{QStringLiteral("name"), each.name},
                                 {QStringLiteral("reference"), reference},
                                 {QStringLiteral("columns"), columns}});
    }
    return {{QStringLiteral("name"), family.name},
            {QStringLiteral("title"), family.title},
            {QStringLiteral("cases"), cases}};
}

QJsonObject runInterleaved(const std::vector<Family> &families, int rounds)
{
    std::map<QString, std::map<QString, Rounds>> measured;
    for (int round = 1; round <= rounds; ++round) {
        for (const Family &family : families) {
            for (const Case &each : family.cases) {
                const std::vector<double> values = each.run();
                report(round, family, each, values);
                measured[family.name][each.name].push_back(values);
            }
        }
    }
    QJsonArray results;
    for (const Family &family : families)
        results.append(familySummary(family, measured[family.name]));
    return {{QStringLiteral("rounds"), rounds}, {QStringLiteral("families"), results}};
}

} // namespace Fanfare::Bench
