// SPDX-License-Identifier: MIT
// pluginbars --list | BAR... | all [--reduced] [--json FILE]
#include "bar.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Fanfare::Test;
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

static std::vector<NamedBar> barsWith(Effort effort)
{
    std::vector<NamedBar> bars;
    for (const Bar &bar : allBars())
        bars.push_back({bar.name, bar.summary, [bar, effort] { return bar.run(effort); }});
    return bars;
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

    const std::vector<NamedBar> bars =
        barsWith(parser.isSet(u"reduced"_s) ? Effort::Reduced : Effort::Full);
    if (parser.isSet(u"list"_s) || parser.positionalArguments().isEmpty())
        return listBars(bars);
    return runBars(bars, parser.positionalArguments(), {.file = parser.value(u"json"_s)});
}
