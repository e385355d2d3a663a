// SPDX-License-Identifier: MIT
#include "barprogram.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <optional>

namespace Fanfare::Test {

using namespace Qt::StringLiterals;

void printLine(const QString &line)
{
    std::fputs(qPrintable(line + u'\n'), stdout);
    std::fflush(stdout);
}

int listBars(const std::vector<NamedBar> &bars)
{
    qsizetype width = 0;
    for (const NamedBar &bar : bars)
        width = std::max(width, bar.name.size() + 2);
    for (const NamedBar &bar : bars)
        printLine(bar.name.leftJustified(width) + bar.summary);
    return 0;
}

/// Nothing, with a sentence, when one of \a names is none.
static std::optional<std::vector<NamedBar>> barsNamed(const std::vector<NamedBar> &bars,
                                                      const QStringList &names)
{
    if (names == QStringList{u"all"_s})
        return bars;
    std::vector<NamedBar> found;
    for (const QString &name : names) {
        const auto bar = std::ranges::find(bars, name, &NamedBar::name);
        if (bar == bars.end()) {
            std::fputs(qPrintable(u"There is no bar %1; --list names them.\n"_s.arg(name)), stderr);
            return {};
        }
        found.push_back(*bar);
    }
    return found;
}

static QString textOf(const QJsonValue &value)
{
    if (value.isObject() || value.isArray()) {
        const QJsonDocument document =
            value.isObject() ? QJsonDocument(value.toObject()) : QJsonDocument(value.toArray());
        return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
    }
    return value.toVariant().toString();
}

static QString lineOf(const NamedBar &bar, const BarResult &result)
{
    QStringList figures;
    for (auto it = result.figures.begin(); it != result.figures.end(); ++it)
        figures << u"%1 %2"_s.arg(it.key(), textOf(it.value()));
    const bool holds = result.problem.isEmpty();
    return u"%1 %2: %3"_s.arg(bar.name, holds ? u"holds"_s : u"BROKEN"_s, figures.join(u", "_s))
        + (holds ? QString() : u"\n    "_s + result.problem);
}

static QJsonObject runBar(const NamedBar &bar, const BarOutput &output)
{
    std::fputs(qPrintable(u"%1: %2\n"_s.arg(bar.name, bar.summary)), stderr);
    QElapsedTimer timer;
    timer.start();
    BarResult result = bar.run();
    result.figures[u"seconds"_s] = double(timer.elapsed()) / 1000;
    QJsonObject object = result.figures;
    object[u"bar"_s] = bar.name;
    object[u"holds"_s] = result.problem.isEmpty();
    object[u"problem"_s] = result.problem;
    printLine(output.printsJson
                  ? QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact))
                  : lineOf(bar, result));
    return object;
}

int runBars(const std::vector<NamedBar> &bars, const QStringList &names, const BarOutput &output)
{
    const auto wanted = barsNamed(bars, names);
    if (!wanted)
        return 2;
    QJsonArray results;
    bool hold = true;
    for (const NamedBar &bar : *wanted) {
        results.append(runBar(bar, output));
        hold = hold && results.last()[u"holds"_s].toBool();
    }
    QFile file(output.file);
    if (!output.file.isEmpty()
        && (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(results).toJson()) <= 0)) {
        std::fputs(qPrintable(u"The results cannot be written to %1: %2. Name another file after "
                              "--json.\n"_s.arg(output.file, file.errorString())),
                   stderr);
        return 2;
    }
    return hold ? 0 : 1;
}

} // namespace Fanfare::Test
