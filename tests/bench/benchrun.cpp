// SPDX-License-Identifier: MIT
#include "benchrun.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QSysInfo>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <map>

namespace Fanfare::Bench {

static double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const size_t middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

static QString processorModel()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (!file.open(QIODevice::ReadOnly))
        return QStringLiteral("unknown");
    const QByteArray text = file.readAll();
    const qsizetype start = text.indexOf("model name");
    const qsizetype colon = text.indexOf(':', start);
    if (start < 0 || colon < 0)
        return QStringLiteral("unknown");
    return QString::fromUtf8(text.mid(colon + 1, text.indexOf('\n', colon) - colon - 1)).trimmed();
}

QJsonObject describeMachine()
{
    return {{QStringLiteral("processors"), QThread::idealThreadCount()},
            {QStringLiteral("model"), processorModel()},
            {QStringLiteral("kernel"), QSysInfo::kernelVersion()},
            {QStringLiteral("qt"), QString::fromLatin1(qVersion())},
            {QStringLiteral("date"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)}};
}

static QJsonObject summary(const Case &each, const std::vector<double> &rates,
                           const std::vector<double> &ratios)
{
    const auto [low, high] = std::ranges::minmax(rates);
    const auto [lowRatio, highRatio] = std::ranges::minmax(ratios);
    return {{QStringLiteral("name"), each.name},          {QStringLiteral("unit"), each.unit},
            {QStringLiteral("perSecond"), median(rates)}, {QStringLiteral("perSecondMin"), low},
            {QStringLiteral("perSecondMax"), high},       {QStringLiteral("ratio"), median(ratios)},
            {QStringLiteral("ratioMin"), lowRatio},       {QStringLiteral("ratioMax"), highRatio}};
}

QJsonObject runInterleaved(const std::vector<Case> &cases, const QString &reference, int rounds)
{
    std::map<QString, std::vector<double>> rates;
    for (int round = 0; round < rounds; ++round) {
        for (const Case &each : cases) {
            const Case::Measurement measured = each.run();
            rates[each.name].push_back(measured.units / measured.seconds);
            std::fprintf(stderr, "round %d  %-28s %10.3f M%s/s\n", round + 1, qPrintable(each.name),
                         rates[each.name].back() / 1e6, qPrintable(each.unit));
        }
    }
    QJsonArray results;
    for (const Case &each : cases) {
        std::vector<double> ratios;
        for (size_t i = 0; i < rates[each.name].size(); ++i)
            ratios.push_back(rates[each.name][i] / rates[reference][i]);
        results.append(summary(each, rates[each.name], ratios));
    }
    return {{QStringLiteral("machine"), describeMachine()},
            {QStringLiteral("reference"), reference},
            {QStringLiteral("rounds"), rounds},
            {QStringLiteral("cases"), results}};
}

} // namespace Fanfare::Bench
