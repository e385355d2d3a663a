// SPDX-License-Identifier: MIT
// bench_emit [--only TEXT] [--rounds N] [--scale FACTOR] [--table] [--json FILE]: what emitting
// costs and what others cost, side by side. JSON or Markdown goes to stdout, progress to stderr.
#include "benchmachine.h"
#include "benchtable.h"
#include "boostsignal.h"
#include "cases.h"
#include "emitrun.h"
#include "threadpools.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

using namespace Fanfare::Bench;

static void addOptions(QCommandLineParser &parser)
{
    parser.addHelpOption();
    parser.addOptions({
        {QStringLiteral("only"), QStringLiteral("Only what has TEXT in \"family/case\"."),
         QStringLiteral("TEXT")},
        {QStringLiteral("rounds"), QStringLiteral("Rounds of all cases."), QStringLiteral("N"),
         QStringLiteral("5")},
        {QStringLiteral("scale"), QStringLiteral("How much of every case; 0.05 is a quick look."),
         QStringLiteral("FACTOR"), QStringLiteral("1")},
        {QStringLiteral("json"), QStringLiteral("Write JSON to FILE."), QStringLiteral("FILE")},
        {QStringLiteral("table"), QStringLiteral("Print Markdown instead of JSON.")},
        {QStringLiteral("list"), QStringLiteral("Print the names of all cases.")},
    });
}

static std::vector<Family> allFamilies(const BenchSettings &settings)
{
    std::vector<Family> all;
    for (auto *make : {throughputFamilies, emitterFamilies, spreadFamilies, latencyFamilies,
                       dispatchFamilies, registryFamilies, recordingFamilies}) {
        for (Family &family : make(settings))
            all.push_back(std::move(family));
    }
    return all;
}

static QJsonArray leftOut()
{
    QJsonArray list;
    if (!taskGroup())
        list << QStringLiteral("oneTBB task_group; install libtbb-dev");
    if (!boostSignal())
        list << QStringLiteral("boost.signals2; install libboost-dev");
    return list;
}

static void list(const std::vector<Family> &families)
{
    for (const Family &family : families) {
        for (const Case &each : family.cases)
            std::printf("%s/%s\n", qPrintable(family.name), qPrintable(each.name));
    }
}

static void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        fail(qPrintable(QStringLiteral("cannot write %1: %2").arg(path, file.errorString())));
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const double scale = parser.value(QStringLiteral("scale")).toDouble();
    const int rounds = parser.value(QStringLiteral("rounds")).toInt();
    if (!(scale > 0) || rounds < 1)
        fail("--scale has to be above 0 and --rounds at least 1");
    const std::vector<Family> families =
        selected(allFamilies({scale}), parser.value(QStringLiteral("only")));
    if (families.empty())
        fail("no case has that in its name; --list prints all");
    if (parser.isSet(QStringLiteral("list"))) {
        list(families);
        return 0;
    }
    for (const QJsonValue &each : leftOut())
        std::fprintf(stderr, "left out: %s\n", qPrintable(each.toString()));
    const MachineWatch watch;
    QJsonObject result = runInterleaved(families, rounds);
    result[QStringLiteral("machine")] = watch.describe();
    result[QStringLiteral("leftOut")] = leftOut();
    const QByteArray json = QJsonDocument(result).toJson();
    if (parser.isSet(QStringLiteral("json")))
        write(parser.value(QStringLiteral("json")), json);
    if (parser.isSet(QStringLiteral("table")))
        std::fputs(markdownTables(result).toUtf8().constData(), stdout);
    else if (!parser.isSet(QStringLiteral("json")))
        std::fputs(json.constData(), stdout);
    return 0;
}
