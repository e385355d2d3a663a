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

    SubscriberOptions square;
    square.handler.run = [](Context &context) -> QCborValue {
        const qint64 number = context.arguments().positional.at(0).toInteger();
        return number * number;
    };
    square.onSuccess = [](Context &, const QCborValue &result) {
        std::printf("%lld\n", result.toInteger());
    };
    if (const auto subscriber = linker.subscribe({u"Number"}, square); !subscriber)
        return 1;

    for (int i = 1; i <= 5; ++i) {
        if (!emitter.emit(u"Number", {.positional = {i}}))
            return 1;
    }
    return 0; // the executor waits for its tasks in its destructor
}
