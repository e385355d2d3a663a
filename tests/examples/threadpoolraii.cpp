// SPDX-License-Identifier: MIT
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/threadpoolexecutor.h>

#include <QCoreApplication>
#include <QCoroTimer>

#include <cstdio>
#include <thread>

using namespace Fanfare;
using namespace std::chrono_literals;

static void work()
{
    std::puts("[Sync] Started!");
    std::this_thread::sleep_for(1s);
    std::puts("[Sync] Finished!");
}

static QCoro::Task<> workAsync()
{
    std::puts("[Async] Started!");
    co_await QCoro::sleepFor(1s);
    std::puts("[Async] Finished!");
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    EventLinker linker;
    if (!linker.on(u"StringEvent").run(&work) || !linker.on(u"StringEvent").run(&workAsync))
        return 1;

    ThreadPoolExecutor executor;
    EventEmitter emitter(linker, executor);
    const bool isAccepted = emitter.emit(u"StringEvent") && emitter.emit(u"StringEvent");
    return isAccepted ? 0 : 1; // the executor waits for its tasks in its destructor
}
