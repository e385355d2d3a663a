// SPDX-License-Identifier: MIT
#include "cases.h"

#include "boostsignal.h"
#include "emitrun.h"
#include "signalpair.h"

#include <fanfare/base/clock.h>
#include <fanfare/events/eventemitter.h>
#include <fanfare/executors/inlineexecutor.h>

#include <deque>

namespace Fanfare::Bench {

double cpuNanosecondsEach(quint64 count, const std::function<void(quint64 count)> &work)
{
    work(std::min<quint64>(count, 1'000));
    const qint64 start = MonotonicClock::threadCpu();
    work(count);
    return double(MonotonicClock::threadCpu() - start) / double(count);
}

static std::vector<double> directSlots(quint64 count, int handlers)
{
    Sender sender;
    std::deque<Receiver> receivers(static_cast<size_t>(handlers));
    for (Receiver &each : receivers)
        QObject::connect(&sender, &Sender::fired, &each, &Receiver::receive, Qt::DirectConnection);
    const double time = cpuNanosecondsEach(count, [&](quint64 times) {
        for (quint64 i = 0; i < times; ++i)
            Q_EMIT sender.fired();
    });
    if (receivers.back().count() < count)
        fail("calls of slots are missing");
    return {time, time / handlers};
}

/// How many spans come between two drains.
static constexpr quint64 drainedSpans = 20'000;

static std::vector<double> emitInline(quint64 count, int handlers, bool isRecorded)
{
    Recorder recorder;
    InlineExecutor executor({.recorder = isRecorded ? &recorder : nullptr});
    EventLinker linker;
    const Event event(QStringLiteral("Event"));
    std::deque<quint64> counts(size_t(handlers), 0);
    for (quint64 &calls : counts) {
        SubscriberOptions options;
        options.handler.run = [&calls](Context &) {
            ++calls;
            return QCborValue();
        };
        if (!linker.subscribe({event}, std::move(options)))
            fail("cannot subscribe");
    }
    EventEmitter emitter(linker, executor);
    const auto drainEvery = std::max<quint64>(drainedSpans / quint64(handlers), 1);
    TraceBatch drained;
    const double time = cpuNanosecondsEach(count, [&](quint64 times) {
        for (quint64 i = 0; i < times; ++i) {
            (void)emitter.emit(event);
            if (isRecorded && i % drainEvery == 0)
                recorder.drain(drained);
        }
    });
    if (counts.back() < count)
        fail("calls of handlers are missing");
    return {time, time / handlers};
}

static Family dispatch(quint64 calls, int handlers)
{
    const quint64 count = std::max<quint64>(calls / quint64(handlers), 1);
    Family family;
    family.name = QStringLiteral("dispatch_%1").arg(handlers);
    family.title = QStringLiteral("%1 handler(s) in the emitting thread").arg(handlers);
    family.columns = {QStringLiteral("CPU ns an emission"), QStringLiteral("CPU ns a handler")};
    family.cases.push_back(
        {QStringLiteral("qt_direct_slot"), [=] { return directSlots(count, handlers); }});
    if (const auto boost = boostSignal())
        family.cases.push_back(
            {QStringLiteral("boost_signals2"), [=] { return boost(count, handlers); }});
    family.cases.push_back(
        {QStringLiteral("emit_inline"), [=] { return emitInline(count, handlers, false); }});
    family.cases.push_back({QStringLiteral("emit_inline_recorded"),
                            [=] { return emitInline(count, handlers, true); }});
    return family;
}

std::vector<Family> dispatchFamilies(const BenchSettings &settings)
{
    const quint64 calls = settings.scaled(2'000'000);
    return {dispatch(calls / 2, 1), dispatch(calls, 10), dispatch(calls, 1'000)};
}

} // namespace Fanfare::Bench
