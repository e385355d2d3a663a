// SPDX-License-Identifier: MIT
// reliability --list | BAR... [--schedules N] [--seed S] [--json] [--verbose] [--plant]
#include "bar.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

static void print(const QString &line)
{
    std::fputs(qPrintable(line + u'\n'), stdout);
    std::fflush(stdout);
}

static int listBars()
{
    for (const Bar &bar : allBars())
        print(bar.name.leftJustified(6) + bar.summary);
    return 0;
}

static QString textOf(const QJsonObject &figures)
{
    QStringList parts;
    for (auto it = figures.begin(); it != figures.end(); ++it)
        parts << u"%1 %2"_s.arg(it.key(), it.value().toVariant().toString());
    return parts.join(u", "_s);
}

/// True when the bar holds.
static bool runBar(const Bar &bar, const BarOptions &options, bool isJson)
{
    QElapsedTimer timer;
    timer.start();
    BarResult result = bar.run(options);
    result.figures[u"seconds"_s] = double(timer.elapsed()) / 1000;
    const bool holds = result.problem.isEmpty();
    if (isJson) {
        result.figures[u"bar"_s] = bar.name;
        result.figures[u"holds"_s] = holds;
        result.figures[u"problem"_s] = result.problem;
        print(QString::fromUtf8(QJsonDocument(result.figures).toJson(QJsonDocument::Compact)));
    } else {
        print(
            u"%1 %2: %3"_s.arg(bar.name, holds ? u"holds"_s : u"BROKEN"_s, textOf(result.figures)));
        if (!holds)
            print(u"    "_s + result.problem);
    }
    return holds;
}

static std::optional<quint64> numberOf(const QCommandLineParser &parser, const QString &name)
{
    return parser.isSet(name) ? std::optional(parser.value(name).toULongLong()) : std::nullopt;
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Runs what a process pool has to hold."_s);
    parser.addHelpOption();
    parser.addOptions({{u"list"_s, u"List the bars."_s},
                       {u"schedules"_s, u"Run so many schedules."_s, u"N"_s},
                       {u"seed"_s, u"Begin with this seed."_s, u"S"_s},
                       {u"json"_s, u"Print one JSON object per bar."_s},
                       {u"verbose"_s, u"Tell what happens."_s},
                       {u"plant"_s, u"Plant a fault, which must be found."_s}});
    parser.addPositionalArgument(u"BAR"_s, u"The bars to run, such as R17."_s, u"BAR..."_s);
    parser.process(application);
    if (parser.isSet(u"list"_s) || parser.positionalArguments().isEmpty())
        return listBars();

    const BarOptions options{numberOf(parser, u"schedules"_s), numberOf(parser, u"seed"_s),
                             parser.isSet(u"verbose"_s), parser.isSet(u"plant"_s)};
    const std::vector<Bar> bars = allBars();
    bool holds = true;
    for (const QString &name : parser.positionalArguments()) {
        const auto bar = std::find_if(bars.begin(), bars.end(),
                                      [&](const Bar &each) { return each.name == name; });
        if (bar == bars.end()) {
            std::fputs(qPrintable(u"There is no bar %1; --list names them.\n"_s.arg(name)), stderr);
            return 2;
        }
        holds = runBar(*bar, options, parser.isSet(u"json"_s)) && holds;
    }
    return holds ? 0 : 1;
}
