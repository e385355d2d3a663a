// SPDX-License-Identifier: MIT
// P10: a plugin that was built against SDK 1.0 works in every host of version 1, and one of another
// version is refused by name.
#include "bar.h"
#include "barengine.h"

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// Runs every function of the interface of 1.0. The result is what did not work.
static QStringList runFrozen(const BarFolder &folder, ExecutorKind executor)
{
    QStringList wrong;
    BarEngine engine(folder.options(executor));
    QList<QCborValue> results;
    QStringList lines;
    QObject::connect(&engine.link, &EngineLink::batchArrived, &engine.link,
                     [&](const BatchFact &batch) {
                         for (const TaskDetail &detail : batch.trace.details)
                             results.append(detail.result);
                         for (const LogLine &line : batch.trace.log)
                             lines.append(line.text);
                     });
    if (!engine.start())
        return {u"the engine does not start"_s};
    const auto check = [&](bool holds, const QString &what) {
        if (!holds)
            wrong.append(what);
    };
    EmitCommand command;
    command.event = u"Frozen"_s;
    Arguments arguments;
    arguments.positional = {1, u"two"_s};
    arguments.named = {{u"three"_s, 3}};
    command.arguments = {arguments};
    check(bool(engine.link.emitEvent(command)), u"emit"_s);
    command.event = u"FrozenAsync"_s;
    check(bool(engine.link.emitEvent(command)), u"emit async"_s);
    engine.waitForIdle();
    check(results.size() == 2, u"results"_s);
    for (const QCborValue &result : std::as_const(results)) {
        if (!result.isMap()) {
            check(result == QCborValue(1), u"async result"_s);
            continue;
        }
        check(result[u"positional"_s] == QCborArray({1, u"two"_s}), u"positional"_s);
        check(result[u"named"_s][u"three"_s] == QCborValue(3), u"named"_s);
        check(!result[u"stopped"_s].toBool(true), u"stop token"_s);
    }
    for (const QString &line : {u"half"_s, u"a word"_s, u"printed"_s})
        check(lines.contains(line), u"the line \"%1\""_s.arg(line));
    return wrong;
}

/// The code with which the file of \a kind is refused.
static QString refusalOf(const QString &kind)
{
    BarFolder folder;
    folder.installFixture(kind);
    BarEngine engine(folder.options(ExecutorKind::Processes));
    if (!engine.start() || engine.link.catalog().plugins.isEmpty())
        return u"nothing"_s;
    const PluginFact &plugin = engine.link.catalog().plugins.first();
    const bool isNamed = plugin.message.contains(u"version 2"_s);
    return plugin.code + (isNamed ? u" by name"_s : QString());
}

BarResult runInterface(Effort)
{
    BarFolder folder;
    folder.installFixture(u"frozen"_s);
    const QStringList onThreads = runFrozen(folder, ExecutorKind::Threads);
    const QStringList onProcesses = runFrozen(folder, ExecutorKind::Processes);
    const QString refusal = refusalOf(u"newer-iid"_s);
    BarResult result;
    result.figures = {{u"brokenOnThreads"_s, onThreads.size()},
                      {u"brokenOnProcesses"_s, onProcesses.size()},
                      {u"newerInterface"_s, refusal}};
    if (!onThreads.isEmpty() || !onProcesses.isEmpty())
        result.problem =
            u"These of 1.0 do not work: %1. "_s.arg((onThreads + onProcesses).join(u", "_s));
    if (refusal != "needs-fanfare-abi by name"_L1)
        result.problem += u"A plugin for version 2 is not refused as such."_s;
    return result;
}
