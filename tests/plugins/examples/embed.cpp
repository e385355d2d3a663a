// SPDX-License-Identifier: MIT
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/threadpoolexecutor.h>

#include <cstdio>

using namespace Fanfare;

int main()
{
    EventLinker linker;
    ThreadPoolExecutor executor({.workers = 2});
    EventEmitter emitter(linker, executor);

    const auto subscription = linker.on(u"Number")
                                  .onSuccess([](int square) { std::printf("%d\n", square); })
                                  .run([](int number) { return number * number; });
    if (!subscription)
        return 1;

    for (int i = 1; i <= 5; ++i) {
        if (!emitter.emit(u"Number", {.positional = {i}}))
            return 1;
    }
    return 0; // the executor waits for its tasks in its destructor
}
