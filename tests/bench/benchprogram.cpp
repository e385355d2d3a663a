// SPDX-License-Identifier: MIT
#include "benchprogram.h"

#include "benchmachine.h"
#include "benchtable.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>

namespace Fanfare::Bench {

double processCpu()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

void fail(const char *what)
{
    const QString program = QFileInfo(QCoreApplication::applicationFilePath()).fileName();
    std::fprintf(stderr, "%s: %s\n", qPrintable(program), what);
    std::exit(1);
}

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

int runProgram(int argc, char **argv, const BenchProgram &program)
{
    std::unique_ptr<QCoreApplication> own;
    if (!QCoreApplication::instance())
        own = std::make_unique<QCoreApplication>(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(*QCoreApplication::instance());
    const double scale = parser.value(QStringLiteral("scale")).toDouble();
    const int rounds = parser.value(QStringLiteral("rounds")).toInt();
    if (!(scale > 0) || rounds < 1)
        fail("--scale has to be above 0 and --rounds at least 1");
    const std::vector<Family> families =
        selected(program.families({scale}), parser.value(QStringLiteral("only")));
    if (families.empty())
        fail("no case has that in its name; --list prints all");
    if (parser.isSet(QStringLiteral("list"))) {
        list(families);
        return 0;
    }
    for (const QJsonValue &each : program.leftOut)
        std::fprintf(stderr, "left out: %s\n", qPrintable(each.toString()));
    const MachineWatch watch;
    QJsonObject result = runInterleaved(families, rounds);
    result[QStringLiteral("machine")] = watch.describe();
    result[QStringLiteral("leftOut")] = program.leftOut;
    const QByteArray json = QJsonDocument(result).toJson();
    if (parser.isSet(QStringLiteral("json")))
        write(parser.value(QStringLiteral("json")), json);
    if (parser.isSet(QStringLiteral("table")))
        std::fputs(markdownTables(result).toUtf8().constData(), stdout);
    else if (!parser.isSet(QStringLiteral("json")))
        std::fputs(json.constData(), stdout);
    return 0;
}

} // namespace Fanfare::Bench
