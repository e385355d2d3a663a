// SPDX-License-Identifier: MIT
// P9: whoever closes Fanfare is not kept waiting, whatever its handlers do.
#include "bar.h"
#include "barengine.h"
#include "scanning.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>

#include <algorithm>
#include <unistd.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;

namespace {

struct Closing
{
    double milliseconds = 0;
    bool areAllActive = false;
    bool hasLeft = false; ///< a process is still there
};

} // namespace

static bool areActive(const CatalogFact &catalog, int count)
{
    return std::count_if(catalog.plugins.begin(), catalog.plugins.end(),
                         [](const PluginFact &plugin) { return plugin.isActive; })
        == count;
}

/// Whether this process has a child that has not been waited for.
static bool hasChildren()
{
    QFile children(u"/proc/self/task/%1/children"_s.arg(getpid()));
    return children.open(QIODevice::ReadOnly) && !children.readAll().trimmed().isEmpty();
}

/// Destroys an engine with many active plugins whose handlers run and never stop.
static Closing closeBusyEngine(const BarFolder &folder, ExecutorKind executor, int plugins)
{
    Closing closing;
    auto engine = std::make_unique<BarEngine>(folder.options(executor, 4));
    if (!engine->start())
        return closing;
    closing.areAllActive = areActive(engine->link.catalog(), plugins);
    engine->emitEvent(u"Versioned"_s, {{u"ms"_s, 86'400'000}}, 20);
    if (!engine->waitForRunning(4))
        closing.areAllActive = false;
    QElapsedTimer timer;
    timer.start();
    engine.reset();
    closing.milliseconds = double(timer.nsecsElapsed()) / 1e6;
    // The kernel needs a moment to take away what was killed.
    closing.hasLeft =
        !waitFor([&] { return !isAnyProcessUsing(folder.path()); }, 2000) || hasChildren();
    return closing;
}

/// The exit code of a program that is asked to leave while a handler hangs, and how long it took.
static std::pair<int, double> closeProgram(const BarFolder &folder)
{
    QProcess program;
    program.setProgram(QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-cli"));
    program.setArguments({u"emit"_s, u"Versioned"_s, u"--fields"_s, u"{\"ms\": 86400000}"_s,
                          u"--plugins"_s, folder.plugins(), u"--executor"_s, u"processes"_s,
                          u"--timeout"_s, u"0.2"_s});
    QElapsedTimer timer;
    timer.start();
    program.start();
    waitFor([&] { return program.state() == QProcess::NotRunning; }, 30'000);
    return {program.exitCode(), double(timer.nsecsElapsed()) / 1e6};
}

BarResult runTeardown(Effort effort)
{
    const int plugins = effort == Effort::Full ? 50 : 12;
    BarFolder folder;
    for (int i = 1; i <= plugins; ++i)
        folder.install(u"plugin-%1.so"_s.arg(i), pluginNumber(i));
    const Closing threads = closeBusyEngine(folder, ExecutorKind::Threads, plugins);
    const Closing processes = closeBusyEngine(folder, ExecutorKind::Processes, plugins);
    const auto [exitCode, programTime] = closeProgram(folder);
    BarResult result;
    result.figures = {{u"plugins"_s, plugins},
                      {u"threadsMs"_s, threads.milliseconds},
                      {u"processesMs"_s, processes.milliseconds},
                      {u"programExitCode"_s, exitCode},
                      {u"programMs"_s, programTime}};
    if (!threads.areAllActive || !processes.areAllActive)
        result.problem += u"Not all plugins were active and busy. "_s;
    if (threads.hasLeft || processes.hasLeft)
        result.problem += u"Processes were left behind. "_s;
    if (std::max(threads.milliseconds, processes.milliseconds) > 1500)
        result.problem += u"It took more than 1.5 s. "_s;
    if (exitCode != 1) // its task did not succeed, and it says so
        result.problem += u"The program did not leave in order. "_s;
    return result;
}
