// SPDX-License-Identifier: MIT
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/threadpoolexecutor.h>

#include <cstdio>

int main()
{
    Fanfare::EventLinker linker;
    Fanfare::ThreadPoolExecutor executor({.workers = 1});
    Fanfare::EventEmitter emitter(linker, executor);
    const auto subscription = linker.on(u"OrderPlaced")
                                  .onSuccess([](double total) { std::printf("%.2f\n", total); })
                                  .run([](int count, double price) { return count * price; });
    if (!subscription || !emitter.emit(u"OrderPlaced", {.positional = {3, 2.5}}))
        return 1;
    return 0;
}
