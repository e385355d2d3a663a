// SPDX-License-Identifier: MIT
#include <fanfare/sdk/handlertable.h>

#include <QCoroTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <stdexcept>

using namespace Qt::StringLiterals;
using Fanfare::Context;
using std::chrono::milliseconds;

struct Sleep
{
    Q_GADGET
    Q_CLASSINFO("summary", "Occupies a worker and uses no processor")
    Q_CLASSINFO("ms.summary", "Milliseconds to sleep")
    Q_CLASSINFO("ms.minimum", "0")
    Q_CLASSINFO("ms.maximum", "86400000")
    Q_PROPERTY(int ms MEMBER ms)
public:
    int ms = 100;
};

struct SleepAsync : Sleep
{
    Q_GADGET
    Q_CLASSINFO("summary", "Sleeps without occupying a worker")
};

struct Spin
{
    Q_GADGET
    Q_CLASSINFO("summary", "Keeps a processor busy")
    Q_CLASSINFO("ms.summary", "Milliseconds of processor time to use")
    Q_CLASSINFO("ms.minimum", "0")
    Q_CLASSINFO("ms.maximum", "86400000")
    Q_PROPERTY(int ms MEMBER ms)
public:
    int ms = 10;
};

/// A handler that gives up leaves by an exception; returning would mean that it did its work.
static void throwIfStopped(Context &context)
{
    if (context.stopToken().stop_requested())
        throw std::runtime_error("Asked to stop");
}

/// Blocks the calling thread for \a duration; throws as soon as the task is asked to stop.
static void sleepFor(Context &context, milliseconds duration)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, context.stopToken(), duration, [] { return false; });
    throwIfStopped(context);
}

/// The same for a coroutine. A stop lets the timer fire at once, from whatever thread it comes.
static QCoro::Task<void> waitFor(Context &context, milliseconds duration)
{
    QTimer timer;
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    timer.start(duration);
    const std::stop_callback hurry(context.stopToken(), [&timer] {
        QMetaObject::invokeMethod(
            &timer, [&timer] { timer.start(0); }, Qt::QueuedConnection);
    });
    co_await timer;
    throwIfStopped(context);
}

static void printSync(Context &context)
{
    context.print(u"[Sync] Started!"_s);
    sleepFor(context, milliseconds(1000));
    context.print(u"[Sync] Finished!"_s);
}

static QCoro::Task<> printAsync(Context &context)
{
    context.print(u"[Async] Started!"_s);
    co_await waitFor(context, milliseconds(1000));
    context.print(u"[Async] Finished!"_s);
}

static void sleepSync(const Sleep &event, Context &context)
{
    sleepFor(context, milliseconds(event.ms));
}

static QCoro::Task<> sleepAsync(const SleepAsync &event, Context &context)
{
    co_await waitFor(context, milliseconds(event.ms));
}

static std::chrono::nanoseconds processorTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// Processor time and not time of day: the load is the same however many workers share a core.
static void spin(const Spin &event, Context &context)
{
    const std::stop_token stop = context.stopToken();
    const auto end = processorTime() + milliseconds(event.ms);
    while (processorTime() < end && !stop.stop_requested()) { }
    throwIfStopped(context);
}

static QCborMap echo(Context &context)
{
    const Fanfare::Arguments &arguments = context.arguments();
    return {{u"args"_s, arguments.positional},
            {u"named"_s, arguments.named},
            {u"fields"_s, arguments.fields}};
}

class BasicsPlugin final : public QObject, public Fanfare::HandlerTable
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID FANFARE_HANDLER_PLUGIN_IID FILE "basics.json")
    Q_INTERFACES(Fanfare::HandlerPlugin)

public:
    BasicsPlugin()
    {
        stringEvent(u"StringEvent"_s, u"Runs one sync and one async handler of a second each"_s);
        handler(u"[Sync]"_s).on(u"StringEvent"_s).summary(u"Blocks its worker"_s).run(&printSync);
        handler(u"[Async]"_s).on(u"StringEvent"_s).summary(u"Waits beside it"_s).run(&printAsync);

        typedEvent<Sleep>();
        handler(u"sleep"_s).idempotent().run<Sleep>(&sleepSync);
        typedEvent<SleepAsync>();
        handler(u"sleepAsync"_s).idempotent().run<SleepAsync>(&sleepAsync);
        typedEvent<Spin>();
        handler(u"spin"_s).idempotent().run<Spin>(&spin);

        stringEvent(u"Echo"_s, u"Returns what it was given"_s);
        handler(u"echo"_s).on(u"Echo"_s).idempotent().run(&echo);
    }
};

#include "basics.moc"
