// SPDX-License-Identifier: MIT
#include "desktop/enginesettings.h"
#include "desktop/framelog.h"
#include "desktop/mainwindow.h"
#include "desktop/options.h"
#include "desktop/preferences/preferences.h"
#include "desktop/quitsignals.h"
#include "desktop/runs/rundesk.h"
#include "desktop/screenshot.h"
#include "desktop/session.h"
#include "desktop/singleinstance.h"
#include "desktop/themechoice.h"
#include "desktop/timeline/timelinewidget.h"
#include "desktop/tracefile.h"

#include <fanfare/base/heap.h>
#include <fanfare/runs/runrecorder.h>

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QIcon>
#include <QSettings>
#include <QTemporaryDir>

#include <cstdio>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// Worker processes that are there for the first click; what a pool has beyond that, clicks start.
static constexpr int workersAhead = 4;

static int tell(FILE *stream, const QString &text, int exitCode)
{
    std::fputs(text.toLocal8Bit().constData(), stream);
    return exitCode;
}

/// What needs no window is answered before Qt looks for a display.
static Result<Options> readOptions(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return parseOptions(arguments);
}

static EngineOptions engineOptions(const Options &options, QSettings &settings)
{
    const Preferences preferences(allPreferences(), settings);
    EngineOptions engine;
    engine.pluginFolders = options.pluginFolders;
    if (options.isSafe) {
        engine.pluginFolders = {bundledPluginFolder()};
    } else if (engine.pluginFolders.isEmpty()) {
        (void)makeUserPluginFolder(); // if that fails the engine says why it cannot look there
        engine.pluginFolders = {bundledPluginFolder(), userPluginFolder()};
    }
    engine.workers = options.workers.value_or(savedWorkers(preferences));
    engine.startAhead = workersAhead;
    engine.executor = options.executor.value_or(savedExecutor(settings));
    engine.broker = options.broker.value_or(savedBroker(settings));
    engine.queueBound = options.queueBound.value_or(savedQueueBound(preferences));
    engine.onFull = options.onFull.value_or(savedFullPolicy(preferences));
    engine.rules = {defaultStateFolder(), defaultPolicyFile()};
    return engine;
}

/// The session keeps what it is asked for until the engine is ready.
static void playAtStart(Session &session, MainWindow &window, const Options &options)
{
    for (const EmitCommand &command : options.commands)
        session.emitEvent(command);
    if (options.playDemo)
        window.playDemo();
}

/// What the command line asked to be left behind.
static Result<void> writeFiles(Session &session, const MainWindow &window, const Options &options)
{
    if (!options.traceFile.isEmpty()) {
        const auto written = writeTraceFile(session.model(), options.traceFile);
        if (!written)
            return written;
    }
    if (options.frameLog.isEmpty())
        return {};
    return writeFrameLog(window.timeline().frameTimes(4096), options.frameLog);
}

/// A picture leaves no run behind, unless that was asked for.
static QString runFolder(const Options &options)
{
    if (!options.runFolder.isEmpty() || !options.screenshot.isEmpty())
        return options.runFolder;
    return userRunFolder();
}

static void openRuns(MainWindow &window, const Options &options)
{
    if (options.compareRuns)
        window.runs().compare({options.runFiles.first()}, options.runFiles.sliced(1));
    else
        window.openThings(options.runFiles + options.links);
}

/// The window that others hand over to; null when this one is not.
static std::unique_ptr<SingleInstance> instanceFor(const Options &options)
{
    if (options.isNewWindow || !options.screenshot.isEmpty())
        return {};
    return std::make_unique<SingleInstance>(runFolder(options));
}

static void serve(SingleInstance &instance, MainWindow &window)
{
    QObject::connect(&instance, &SingleInstance::openWanted, &window, &MainWindow::openThings);
    QObject::connect(&instance, &SingleInstance::raiseWanted, &window, &MainWindow::comeToFront);
}

/// \a instance may be null.
static int run(QApplication &application, const Options &options, QSettings &settings,
               SingleInstance *instance)
{
    const ColorScheme scheme = options.colorScheme.value_or(savedColorScheme(settings));
    applyColorScheme(scheme);
    Session session(engineOptions(options, settings));
    MainWindow window(session, settings, runFolder(options), scheme);
    if (options.resetLayout)
        window.resetLayout();
    if (options.isSafe)
        window.tellOfSafeMode();
    window.show();
    session.startEngine();
    playAtStart(session, window, options);
    openRuns(window, options);
    if (instance)
        serve(*instance, window);
    const QuitSignals quit;
    QObject::connect(&quit, &QuitSignals::arrived, &window, &MainWindow::close);
    if (!options.screenshot.isEmpty())
        takeScreenshotAndLeave(window, options.screenshot, options.screenshotAfter);
    const int exitCode = application.exec();
    const auto written = writeFiles(session, window, options);
    return written ? exitCode : tell(stderr, u"fanfare: %1\n"_s.arg(written.error().message), 1);
}

int main(int argc, char **argv)
{
    returnLargeBlocks();
    const Result<Options> options = readOptions(argc, argv);
    if (!options)
        return tell(stderr, u"fanfare: %1\n"_s.arg(options.error().message), 2);
    if (!options->information.isEmpty())
        return tell(stdout, options->information, 0);

    QApplication application(argc, argv);
    QApplication::setApplicationName(u"fanfare"_s);
    QApplication::setOrganizationName(u"fanfare"_s);
    QApplication::setApplicationDisplayName(u"Fanfare"_s);
    QApplication::setDesktopFileName(u"org.fanfare.Fanfare"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/fanfare.svg"_s));

    const std::unique_ptr<SingleInstance> instance = instanceFor(*options);
    if (instance && !instance->claim() && options->isPlain && instance->isPossible()) {
        const auto taken = instance->handOver(options->runFiles + options->links);
        if (taken)
            return 0;
        tell(stderr, u"fanfare: %1\n"_s.arg(taken.error().message), 0);
    }

    // A picture shows the window as everybody first sees it, and leaves no trace.
    const QTemporaryDir scratch;
    if (!options->screenshot.isEmpty()) {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, scratch.path());
        qputenv("XDG_STATE_HOME", QFile::encodeName(scratch.path()));
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(scratch.path()));
    }
    QSettings settings;
    return run(application, *options, settings, instance.get());
}
