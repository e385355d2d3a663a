// SPDX-License-Identifier: MIT
#include "benchtable.h"

#include <QJsonArray>

#include <cmath>

namespace Fanfare::Bench {

/// Three significant digits, without an exponent.
static QString figure(double value)
{
    const int digits = value == 0 ? 0 : int(std::floor(std::log10(std::abs(value)))) + 1;
    return QString::number(value, 'f', qBound(0, 3 - digits, 4));
}

static QString spread(const QJsonObject &column, const QString &key)
{
    return QStringLiteral("%1 [%2-%3]")
        .arg(figure(column[key].toDouble()), figure(column[key + QStringLiteral("Min")].toDouble()),
             figure(column[key + QStringLiteral("Max")].toDouble()));
}

static QString cell(const QJsonObject &column, bool isReference)
{
    const QString median = QStringLiteral("median");
    if (!column.contains(median))
        return {};
    if (isReference || !column.contains(QStringLiteral("ratio")))
        return spread(column, median);
    return QStringLiteral("%1, **%2x**")
        .arg(spread(column, median), figure(column[QStringLiteral("ratio")].toDouble()));
}

static QString row(const QStringList &cells)
{
    return QStringLiteral("| %1 |\n").arg(cells.join(QStringLiteral(" | ")));
}

static QString caseRow(const QJsonObject &each, const QString &first)
{
    const QString name = each[QStringLiteral("name")].toString();
    const QString reference = each[QStringLiteral("reference")].toString();
    QStringList cells{QStringLiteral("`%1`").arg(name)};
    if (reference != first && reference != name)
        cells.front() += QStringLiteral(", against `%1`").arg(reference);
    for (const QJsonValue &column : each[QStringLiteral("columns")].toArray())
        cells << cell(column.toObject(), name == reference);
    return row(cells);
}

static QString familyTable(const QJsonObject &family)
{
    const QJsonArray cases = family[QStringLiteral("cases")].toArray();
    const QJsonObject first = cases.first().toObject();
    const QString reference = first[QStringLiteral("name")].toString();
    QStringList heads{QStringLiteral("case")};
    for (const QJsonValue &column : first[QStringLiteral("columns")].toArray())
        heads << column[QStringLiteral("name")].toString();
    QString text = QStringLiteral("\n### %1\n\n").arg(family[QStringLiteral("title")].toString());
    text += row(heads) + row(QStringList(heads.size(), QStringLiteral("---")));
    for (const QJsonValue &each : cases)
        text += caseRow(each.toObject(), reference);
    return text;
}

QString markdownTables(const QJsonObject &result)
{
    const QJsonObject machine = result[QStringLiteral("machine")].toObject();
    QString text =
        QStringLiteral("%1: %2 cores, %3, Linux %4, Qt %5; %6 rounds, others took %7 % of the "
                       "machine.\n")
            .arg(machine[QStringLiteral("date")].toString())
            .arg(machine[QStringLiteral("processors")].toInt())
            .arg(machine[QStringLiteral("model")].toString(),
                 machine[QStringLiteral("kernel")].toString(),
                 machine[QStringLiteral("qt")].toString())
            .arg(result[QStringLiteral("rounds")].toInt())
            .arg(machine[QStringLiteral("othersPercent")].toDouble());
    for (const QJsonValue &left : result[QStringLiteral("leftOut")].toArray())
        text += QStringLiteral("Left out: %1\n").arg(left.toString());
    for (const QJsonValue &family : result[QStringLiteral("families")].toArray())
        text += familyTable(family.toObject());
    return text;
}

} // namespace Fanfare::Bench
