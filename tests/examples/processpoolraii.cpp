// SPDX-License-Identifier: MIT
#include <fanfare/engine/enginelink.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/plugins/plugincatalog.h>
#include <fanfare/processes/hostexecutable.h>
#include <fanfare/processes/processpoolexecutor.h>

#include <QCoreApplication>
#include <QEventLoop>

#include <cstdio>

using namespace Fanfare;

static void print(Recorder &recorder)
{
    for (const LogLine &line : recorder.drain().log)
        std::puts(qPrintable(line.text));
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    EventLinker linker;
    PluginCatalog catalog(linker, {hostExecutable()}, HandlerPlace::Workers);
    QEventLoop scan;
    QObject::connect(&catalog, &PluginCatalog::scanned, &scan, &QEventLoop::quit);
    catalog.scan({bundledPluginFolder()}); // links, among others, the handlers of StringEvent
    scan.exec();

    Recorder recorder;
    bool isAccepted = false;
    {
        ProcessPoolExecutor executor({.workers = 2, .recorder = &recorder});
        EventEmitter emitter(linker, executor);
        isAccepted = emitter.emit(u"StringEvent") && emitter.emit(u"StringEvent");
    } // the executor waits for its tasks in its destructor
    print(recorder);
    return isAccepted ? 0 : 1;
}
