// SPDX-License-Identifier: MIT
// reliability --list | all | BAR... [--schedules N] [--seed S] [--json] [--verbose] [--plant]
#include "badhost.h"
#include "bar.h"
#include "hostdeathbar.h"
#include "journalbar.h"

#include <fanfare/base/heap.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

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

/// Nothing, with a sentence, when one of \a names is none.
static std::optional<std::vector<Bar>> barsNamed(const QStringList &names)
{
    const std::vector<Bar> all = allBars();
    if (names == QStringList{u"all"_s})
        return all;
    std::vector<Bar> bars;
    for (const QString &name : names) {
        const auto bar = std::find_if(all.begin(), all.end(),
                                      [&](const Bar &each) { return each.name == name; });
        if (bar == all.end()) {
            std::fputs(qPrintable(u"There is no bar %1; --list names them.\n"_s.arg(name)), stderr);
            return {};
        }
        bars.push_back(*bar);
    }
    return bars;
}

/// Temporary files in a folder of this run's own can be counted.
static void useOwnFolder(const QTemporaryDir &folder)
{
    if (folder.isValid())
        qputenv("TMPDIR", QFile::encodeName(folder.path()));
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc >= 3 && qstrcmp(argv[1], "bad-host") == 0)
        return runBadHost(argv[2]);
    if (argc == 2 && qstrcmp(argv[1], "doomed-host") == 0)
        return runDoomedHost();
    if (argc == 3 && qstrcmp(argv[1], "doomed-recorder") == 0)
        return runDoomedRecorder(QFile::decodeName(argv[2]));
    Fanfare::returnLargeBlocks();
    const QTemporaryDir folder;
    useOwnFolder(folder);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Runs what a process pool has to hold."_s);
    parser.addHelpOption();
    parser.addOptions({{u"list"_s, u"List the bars."_s},
                       {u"schedules"_s, u"Run so many schedules."_s, u"N"_s},
                       {u"seed"_s, u"Begin with this seed."_s, u"S"_s},
                       {u"json"_s, u"Print one JSON object per bar."_s},
                       {u"verbose"_s, u"Tell what happens."_s},
                       {u"plant"_s, u"Plant a fault, which must be found."_s}});
    parser.addPositionalArgument(u"BAR"_s, u"The bars to run, such as R17, or all."_s, u"BAR..."_s);
    parser.process(application);
    if (parser.isSet(u"list"_s) || parser.positionalArguments().isEmpty())
        return listBars();

    const BarOptions options{numberOf(parser, u"schedules"_s), numberOf(parser, u"seed"_s),
                             parser.isSet(u"verbose"_s), parser.isSet(u"plant"_s)};
    const auto wanted = barsNamed(parser.positionalArguments());
    if (!wanted)
        return 2;
    bool holds = true;
    for (const Bar &bar : *wanted) {
        std::fputs(qPrintable(u"%1: %2\n"_s.arg(bar.name, bar.summary)), stderr);
        holds = runBar(bar, options, parser.isSet(u"json"_s)) && holds;
    }
    return holds ? 0 : 1;
}
