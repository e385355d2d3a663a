// SPDX-License-Identifier: MIT
#include "cases.h"

#include "emitrun.h"
#include "threadpools.h"

#include <fanfare/base/clock.h>

#include <algorithm>

namespace Fanfare::Bench {

/// Work that the compiler cannot shorten. Counted, not timed: time that a preempted handler waits
/// is not work.
static void spin(quint64 steps)
{
    quint64 value = steps;
    for (quint64 i = 0; i < steps; ++i) {
        value = value * 6364136223846793005U + 1442695040888963407U;
        asm volatile("" : "+r"(value));
    }
}

/// Steps a nanosecond on an undisturbed core: the best of some tries.
static double measureSpeed()
{
    constexpr quint64 steps = 2'000'000;
    double best = 0;
    for (int i = 0; i < 9; ++i) {
        const qint64 start = MonotonicClock::now();
        spin(steps);
        best = std::max(best, double(steps) / double(MonotonicClock::now() - start));
    }
    return best;
}

static quint64 stepsOf(qint64 nanoseconds)
{
    static const double speed = measureSpeed();
    return quint64(double(nanoseconds) * speed);
}

struct Load
{
    QString name;
    QString title;
    qint64 time = 0; // ns of work a task
    quint64 count = 0;
};

static Family spreadFamily(const Load &load)
{
    constexpr int workers = 2;
    const auto share = [load](quint64 tasks, double seconds) {
        return std::vector<double>{100.0 * double(tasks) * double(load.time)
                                   / (workers * seconds * 1e9)};
    };
    const auto emitted = [=](quint64 count, int handlers) {
        const HandlerFunction handler = [steps = stepsOf(load.time)](Context &) {
            spin(steps);
            return QCborValue();
        };
        const EmitTimes times =
            runEmissions({.count = count, .handlers = handlers, .handler = handler});
        return share(count * quint64(handlers), times.seconds);
    };
    Family family;
    family.name = QStringLiteral("spread_") + load.name;
    family.title = QStringLiteral("Handlers of %1: work as a share of two cores").arg(load.title);
    family.columns = {QStringLiteral("% of 2 cores")};
    family.cases = {
        {QStringLiteral("qthreadpool_lambda"),
         [=] {
             const quint64 steps = stepsOf(load.time);
             return share(load.count,
                          secondsOnThreadPool(load.count, workers, [=] { spin(steps); }));
         }},
        {QStringLiteral("emit"), [=] { return emitted(load.count, 1); }},
        {QStringLiteral("emit_10_handlers"),
         [=] { return emitted(std::max<quint64>(load.count / 10, 1), 10); }},
    };
    return family;
}

std::vector<Family> spreadFamilies(const BenchSettings &settings)
{
    const Load loads[] = {
        {QStringLiteral("1us"), QStringLiteral("1 µs"), 1'000, settings.scaled(400'000)},
        {QStringLiteral("10us"), QStringLiteral("10 µs"), 10'000, settings.scaled(40'000)},
        {QStringLiteral("5ms"), QStringLiteral("5 ms"), 5'000'000, settings.scaled(100)},
    };
    std::vector<Family> families;
    for (const Load &load : loads)
        families.push_back(spreadFamily(load));
    return families;
}

} // namespace Fanfare::Bench
