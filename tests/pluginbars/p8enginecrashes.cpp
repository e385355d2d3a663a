// SPDX-License-Identifier: MIT
// P8: a handler ends the engine it runs in, and the next start knows which one it was.
#include "bar.h"
#include "barengine.h"

#include <fanfare/plugins/quarantine.h>

#include <algorithm>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static constexpr int crasherCount = 20;

/// The handlers that the catalog blames.
static QStringList blamed(const BarEngine &engine)
{
    QStringList names;
    for (const PluginFact &plugin : engine.link.catalog().plugins) {
        for (const HandlerFact &handler : plugin.handlers) {
            if (handler.crash)
                names.append(handler.name);
        }
    }
    return names;
}

/// Lets crasher \a number end the engine while other handlers run. True when the next start blames
/// it and nobody else.
static bool isNamed(BarEngine &engine, const BarFolder &folder, int number)
{
    const QString name = u"crasher-%1"_s.arg(number);
    if (!engine.start() || !engine.emitEvent(u"Stay"_s, {}, 2) || !engine.waitForRunning(2))
        return false;
    engine.emitEvent(name);
    if (!engine.waitForEnd() || !engine.start())
        return false;
    const bool isRight = blamed(engine) == QStringList{name};
    engine.link.kill();
    engine.waitForEnd();
    Quarantine(folder.state()).liftNamed(name);
    return isRight;
}

/// Kills the engine from outside, with something running in every second case. True when nobody is
/// blamed.
static bool isQuiet(BarEngine &engine, const BarFolder &folder, int round)
{
    if (!engine.start())
        return false;
    if (round % 2 == 1 && !(engine.emitEvent(u"Stay"_s) && engine.waitForRunning(1)))
        return false;
    engine.link.kill();
    return engine.waitForEnd() && Quarantine(folder.state()).records().isEmpty();
}

BarResult runEngineCrashes(Effort effort)
{
    const int count = effort == Effort::Full ? crasherCount : 6;
    BarFolder folder;
    folder.installFixture(u"crashers"_s);
    BarEngine engine(folder.options(ExecutorKind::Threads, 4));
    int named = 0;
    int quiet = 0;
    QStringList wrong;
    for (int i = 1; i <= count; ++i) {
        const bool isRight = isNamed(engine, folder, i);
        named += isRight ? 1 : 0;
        if (!isRight)
            wrong.append(u"crasher-%1"_s.arg(i));
    }
    for (int i = 0; i < count; ++i)
        quiet += isQuiet(engine, folder, i) ? 1 : 0;
    BarResult result;
    result.figures = {{u"crashes"_s, count},
                      {u"named"_s, named},
                      {u"kills"_s, count},
                      {u"blamedNobody"_s, quiet}};
    if (named != count || quiet != count)
        result.problem = u"Not named, or named besides others: %1."_s.arg(wrong.join(u", "_s));
    return result;
}
