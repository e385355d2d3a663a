// SPDX-License-Identifier: MIT
#include "cases.h"

#include "cpupin.h"
#include "idlethreads.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <thread>

namespace Fanfare::Bench {

struct Pace
{
    QString name;
    QString title;
    std::chrono::microseconds gap{100};
    quint64 samples = 1;
    bool isPinned = false; ///< the caller is busy on processor 0, the workers sleep on processor 1
};

static void pass(const Pace &pace)
{
    if (!pace.isPinned) {
        std::this_thread::sleep_for(pace.gap);
        return;
    }
    const qint64 end = MonotonicClock::now() + std::chrono::nanoseconds(pace.gap).count();
    while (MonotonicClock::now() < end) { }
}

/// The value that so many of a hundred are below.
static double percentile(std::vector<double> &values, size_t percent)
{
    const size_t index = std::min(values.size() * percent / 100, values.size() - 1);
    std::ranges::nth_element(values, values.begin() + qptrdiff(index));
    return values[index] / 1000;
}

template <typename Tested>
static std::vector<double> latency(const Pace &pace)
{
    CpuPin pin;
    if (pace.isPinned)
        pin.pinTo(1); // what is started from here inherits it
    Tested tested;
    for (int i = 0; i < 100; ++i) {
        tested.reset();
        tested.start();
        tested.waitForStart();
    }
    if (pace.isPinned)
        pin.pinTo(0);
    std::vector<double> untilStart;
    std::vector<double> calls;
    for (quint64 i = 0; i < pace.samples; ++i) {
        pass(pace);
        tested.reset();
        const qint64 before = MonotonicClock::now();
        tested.start();
        const qint64 after = MonotonicClock::now();
        pass(pace);
        untilStart.push_back(double(tested.waitForStart() - before));
        calls.push_back(double(after - before));
    }
    return {percentile(untilStart, 50), percentile(untilStart, 99), percentile(calls, 50)};
}

std::vector<Family> latencyFamilies(const BenchSettings &settings)
{
    using std::chrono::microseconds;
    std::vector<Pace> paces{
        {QStringLiteral("100us"), QStringLiteral("100 µs gaps, the caller sleeps meanwhile"),
         microseconds(100), settings.scaled(2'000)},
        {QStringLiteral("5ms"), QStringLiteral("5 ms gaps, the caller sleeps meanwhile"),
         microseconds(5'000), settings.scaled(150)},
    };
    if (CpuPin::isPossible()) {
        paces.push_back(
            {QStringLiteral("pinned_100us"),
             QStringLiteral("100 µs gaps, caller busy on one core, workers asleep on the "
                            "other"),
             microseconds(100), settings.scaled(2'000), true});
        paces.push_back({QStringLiteral("pinned_5ms"),
                         QStringLiteral("5 ms gaps, caller busy on one core, workers asleep on the "
                                        "other"),
                         microseconds(5'000), settings.scaled(150), true});
    }
    std::vector<Family> families;
    for (const Pace &pace : paces) {
        families.push_back(
            {QStringLiteral("latency_") + pace.name,
             QStringLiteral("From the call to the start on an idle pool: ") + pace.title,
             {QStringLiteral("p50 µs"), QStringLiteral("p99 µs"), QStringLiteral("call p50 µs")},
             {{QStringLiteral("condition_variable"), [=] { return latency<IdleCondition>(pace); }},
              {QStringLiteral("qthreadpool_lambda"), [=] { return latency<IdleThreadPool>(pace); }},
              {QStringLiteral("emit"), [=] { return latency<IdleExecutor>(pace); }}}});
    }
    return families;
}

} // namespace Fanfare::Bench
