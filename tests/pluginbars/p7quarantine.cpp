// SPDX-License-Identifier: MIT
// P7: what crashes is blocked, and nothing else ever is.
#include "bar.h"
#include "barengine.h"

#include <support/versionedplugin.h>

#include <csignal>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static QCborMap doing(const QString &what)
{
    return {{u"what"_s, what}};
}

static bool isBlocked(const BarEngine &engine, const QString &name)
{
    const HandlerFact *const handler = engine.handler(name);
    return handler && handler->block && handler->block->code == "quarantined"_L1;
}

/// How many emissions reached the crasher before the first that was rejected; 0: none was.
static int crashesUntilBlocked(BarEngine &engine)
{
    for (int i = 0; i < 10; ++i) {
        if (engine.endOf(u"Crash"_s, doing(u"crash"_s)) == "Rejected quarantined"_L1)
            return i;
        engine.waitForCatalog([&](const CatalogFact &) {
            const HandlerFact *const handler = engine.handler(u"crashing"_s);
            return handler && handler->crash && handler->crash->crashes > i;
        });
    }
    return 0;
}

/// Every third run crashes. True when none was ever rejected.
static bool staysFreeWhenEveryThirdCrashes(BarEngine &engine, int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        if (engine.endOf(u"Plain"_s, doing(u"crash"_s)) != "Crashed"_L1)
            return false;
        for (int good = 0; good < 2; ++good) {
            if (engine.endOf(u"Plain"_s, doing(u"nothing"_s)) != "Succeeded"_L1)
                return false;
        }
        engine.waitForCatalog(
            [&](const CatalogFact &) { return !engine.handler(u"plain"_s)->crash; });
    }
    return !isBlocked(engine, u"plain"_s);
}

/// Kills the worker of a good handler from outside, again and again.
static int blamedForKills(BarEngine &engine, int kills)
{
    for (int i = 0; i < kills; ++i) {
        if (!engine.emitEvent(u"Apart"_s, doing(u"wait"_s)) || !engine.waitForRunning(1))
            return kills;
        ::kill(pid_t(engine.lastWorker()), i % 4 == 3 ? SIGSEGV : SIGKILL);
        if (!engine.waitForIdle())
            return kills;
    }
    const HandlerFact *const handler = engine.handler(u"apart"_s);
    return handler && handler->crash ? handler->crash->crashes : 0;
}

BarResult runQuarantine(Effort effort)
{
    const int kills = effort == Effort::Full ? 20 : 6;
    BarResult result;
    BarFolder folder;
    folder.install(u"ruled.so"_s, Test::versionedBuild(1, u"ruled"_s));
    auto engine = std::make_unique<BarEngine>(folder.options(ExecutorKind::Processes, 1));
    if (!engine->start())
        return {{}, u"The engine does not start."_s};
    const int crashes = crashesUntilBlocked(*engine);
    const bool isFree = staysFreeWhenEveryThirdCrashes(*engine, effort == Effort::Full ? 7 : 3);
    const int blamed = blamedForKills(*engine, kills);
    engine.reset();
    engine = std::make_unique<BarEngine>(folder.options(ExecutorKind::Processes, 1));
    const bool survives = engine->start()
        && engine->endOf(u"Crash"_s, doing(u"nothing"_s)) == "Rejected quarantined"_L1;
    folder.install(u"ruled.so"_s, Test::versionedBuild(2, u"ruled"_s));
    engine->waitForCatalog([&](const CatalogFact &) { return !isBlocked(*engine, u"crashing"_s); });
    const bool isClean = engine->endOf(u"Crash"_s, doing(u"nothing"_s)) == "Succeeded"_L1;
    result.figures = {{u"crashesUntilBlocked"_s, crashes},
                      {u"everyThirdStaysFree"_s, isFree},
                      {u"kills"_s, kills},
                      {u"blamedForKills"_s, blamed},
                      {u"survivesARestart"_s, survives},
                      {u"newBuildIsClean"_s, isClean}};
    if (crashes != 3 || !isFree || blamed > 0 || !survives || !isClean)
        result.problem = u"The wrong ones are blocked, or the right one is not."_s;
    return result;
}
