// SPDX-License-Identifier: MIT
// reliability --list | all | BAR... [--schedules N] [--seed S] [--json] [--verbose] [--plant]
#include "badhost.h"
#include "bar.h"
#include "hostdeathbar.h"
#include "journalbar.h"

#include <fanfare/base/heap.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

static std::optional<quint64> numberOf(const QCommandLineParser &parser, const QString &name)
{
    return parser.isSet(name) ? std::optional(parser.value(name).toULongLong()) : std::nullopt;
}

static std::vector<NamedBar> barsWith(const BarOptions &options)
{
    std::vector<NamedBar> bars;
    for (const Bar &bar : allBars())
        bars.push_back({bar.name, bar.summary, [bar, options] { return bar.run(options); }});
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

    const std::vector<NamedBar> bars =
        barsWith({numberOf(parser, u"schedules"_s), numberOf(parser, u"seed"_s),
                  parser.isSet(u"verbose"_s), parser.isSet(u"plant"_s)});
    if (parser.isSet(u"list"_s) || parser.positionalArguments().isEmpty())
        return listBars(bars);
    return runBars(bars, parser.positionalArguments(), {.printsJson = parser.isSet(u"json"_s)});
}
