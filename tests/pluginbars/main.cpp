// SPDX-License-Identifier: MIT
// pluginbars --list | BAR... | all [--reduced] [--json FILE]
#include "bar.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

std::vector<Bar> allBars()
{
    return {
        {u"P1"_s, u"50 structural kinds of bad file end in their reason code"_s, &runStructural},
        {u"P2"_s, u"24 kinds of misbehavior end in their reason code, neighbors stay active"_s,
         &runBehavioral},
        {u"P3"_s, u"2,000 copies with flipped bytes and 1,000 cut ones crash nothing"_s,
         &runCorruption},
        {u"P4"_s, u"200 good plugins: cold start 2 s, warm start 150 ms"_s, &runStarts},
        {u"P5"_s, u"drops, slow writers, linkers, renames, a folder made anew, no watches left"_s,
         &runStorms},
        {u"P6"_s, u"500 new builds under load, every tenth broken"_s, &runReloads},
        {u"P7"_s, u"what crashes three times is blocked, and nothing else ever is"_s,
         &runQuarantine},
        {u"P8"_s, u"20 handlers that end their engine are named at the next start"_s,
         &runEngineCrashes},
        {u"P9"_s, u"closing with 50 plugins and handlers that hang: 1.5 s, nothing left"_s,
         &runTeardown},
        {u"P10"_s, u"a plugin of SDK 1.0 works, one of version 2 is refused by name"_s,
         &runInterface},
        {u"S1"_s, u"owners, modes, links, races: nothing is loaded that must not be"_s,
         &runSecurity},
        {u"S2"_s, u"another user can neither connect, trace, signal nor read"_s, &runOtherUsers},
    };
}

static void print(const QString &line)
{
    std::fputs(qPrintable(line + u'\n'), stdout);
    std::fflush(stdout);
}

static int listBars()
{
    for (const Bar &bar : allBars())
        print(bar.name.leftJustified(4) + bar.summary);
    return 0;
}

static QJsonObject runBar(const Bar &bar, Effort effort)
{
    QElapsedTimer timer;
    timer.start();
    BarResult result = bar.run(effort);
    const bool holds = result.problem.isEmpty();
    print(u"%1 %2: %3"_s.arg(
        bar.name, holds ? u"holds"_s : u"BROKEN"_s,
        QString::fromUtf8(QJsonDocument(result.figures).toJson(QJsonDocument::Compact))));
    if (!holds)
        print(u"    "_s + result.problem);
    result.figures[u"bar"_s] = bar.name;
    result.figures[u"holds"_s] = holds;
    result.figures[u"problem"_s] = result.problem;
    result.figures[u"seconds"_s] = double(timer.elapsed()) / 1000;
    return result.figures;
}

static bool writeResults(const QString &path, const QJsonArray &results)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(results).toJson()) > 0;
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Runs what the way of a plugin has to hold."_s);
    parser.addHelpOption();
    parser.addOptions({{u"list"_s, u"List the bars."_s},
                       {u"reduced"_s, u"Run smaller numbers, some seconds for each bar."_s},
                       {u"json"_s, u"Write the results to FILE."_s, u"FILE"_s}});
    parser.addPositionalArgument(u"BAR"_s, u"The bars to run, such as P1, or all."_s, u"BAR..."_s);
    parser.process(application);
    const QStringList names = parser.positionalArguments();
    if (parser.isSet(u"list"_s) || names.isEmpty())
        return listBars();

    const Effort effort = parser.isSet(u"reduced"_s) ? Effort::Reduced : Effort::Full;
    QJsonArray results;
    for (const Bar &bar : allBars()) {
        if (names.contains(u"all"_s) || names.contains(bar.name))
            results.append(runBar(bar, effort));
    }
    if (parser.isSet(u"json"_s) && !writeResults(parser.value(u"json"_s), results)) {
        std::fputs("The results cannot be written; name another file after --json.\n", stderr);
        return 2;
    }
    return !results.isEmpty()
            && std::all_of(results.begin(), results.end(),
                           [](const auto &one) { return one[u"holds"_s].toBool(); })
        ? 0
        : 1;
}
