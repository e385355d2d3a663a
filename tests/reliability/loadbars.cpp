// SPDX-License-Identifier: MIT
// The bars of memory, floods and too many emissions: R13, R14, R16.
#include "bar.h"
#include "chaospool.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <limits>
#include <malloc.h>
#include <sys/resource.h>
#include <thread>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

BarResult runMemory(const BarOptions &)
{
    const qint64 before = ownMemory();
    ChaosPool pool({.workers = 2, .memoryLimit = quint64(4) << 30});
    for (int i = 0; i < 100; ++i)
        (void)pool.emitKind(u"leak"_s);
    for (int i = 0; i < 4; ++i)
        (void)pool.emitKind(u"allocate"_s);
    const bool isIdle = pool.waitUntilIdle(seconds(60));
    const auto isRecycled = [](const LaneEvent &event) {
        return event.kind == LaneEventKind::Recycled;
    };
    const auto recycled = std::count_if(pool.laneEvents.begin(), pool.laneEvents.end(), isRecycled);
    const qint64 growth = ownMemory() - before;
    BarResult bar{{{u"succeeded"_s, qint64(pool.count(Outcome::Succeeded))},
                   {u"failed"_s, qint64(pool.count(Outcome::Failed))},
                   {u"recycled"_s, qint64(recycled)},
                   {u"hostGrowthKiB"_s, growth}},
                  {}};
    if (!isIdle || pool.count(Outcome::Succeeded) != 100)
        bar.problem = u"A recycled worker took a task along."_s;
    else if (pool.count(Outcome::Failed) != 4)
        bar.problem = u"What asks for 8 GiB does not fail with a memory error."_s;
    else if (recycled < 2)
        bar.problem = u"Workers that grew by 300 MiB were not replaced."_s;
    else if (growth > 20 * 1024)
        bar.problem = u"This process grew by %1 KiB."_s.arg(growth);
    return bar;
}

/// The memory of this process without what its allocator keeps for later, which nobody holds: KiB.
/// The last result may be freed a moment after its task counts as ended, hence the least of some.
static qint64 heldMemory()
{
    qint64 least = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 20; ++i) {
        malloc_trim(0);
        least = std::min(least, ownMemory());
        std::this_thread::sleep_for(milliseconds(5)); // it is measured, nothing waits for it
    }
    return least;
}

BarResult runFloods(const BarOptions &)
{
    const qint64 before = ownMemory();
    ChaosPool pool;
    pool.countOnly();
    for (int i = 0; i < 10; ++i) { // 200 MiB of errors, a million lines, 160 MB of results
        for (const QString &kind : {u"flood-errors"_s, u"flood-log"_s, u"big-result"_s})
            (void)pool.emitKind(kind);
    }
    qint64 most = 0;
    for (int i = 0; i < 6'000 && !pool.waitUntilIdle(milliseconds(10)); ++i)
        most = std::max(most, ownMemory() - before);
    const qint64 growth = heldMemory() - before;
    BarResult bar{{{u"succeeded"_s, qint64(pool.count(Outcome::Succeeded))},
                   {u"hostGrowthKiB"_s, growth},
                   {u"hostPeakKiB"_s, most}},
                  {}};
    if (pool.count(Outcome::Succeeded) != 30)
        bar.problem = u"A flood broke the protocol."_s;
    else if (growth > 32 * 1024)
        bar.problem = u"This process grew by %1 KiB."_s.arg(growth);
    return bar;
}

namespace {

/// How long single calls take, leaving out those during which the system ran another thread here:
/// that is the machine and not what is measured.
class CallTimes
{
public:
    template <typename Call>
    bool measure(Call call)
    {
        const long preemptions = countPreemptions();
        const qint64 begin = MonotonicClock::now();
        const bool result = call();
        const qint64 span = MonotonicClock::now() - begin;
        m_longest = std::max(m_longest, span);
        if (countPreemptions() == preemptions)
            m_longestOwn = std::max(m_longestOwn, span);
        return result;
    }
    double longest() const { return double(m_longest) / 1e6; }       ///< ms
    double longestOwn() const { return double(m_longestOwn) / 1e6; } ///< ms

private:
    static long countPreemptions()
    {
        rusage usage{};
        getrusage(RUSAGE_THREAD, &usage);
        return usage.ru_nivcsw;
    }

    qint64 m_longest = 0;
    qint64 m_longestOwn = 0;
};

} // namespace

BarResult runBackPressure(const BarOptions &options)
{
    static constexpr quint64 drainEvery = 2'000; // emits, as an application does
    const quint64 emits = options.schedules.value_or(1'000'000);
    ChaosPool pool({.workers = 2, .queueBound = 10'000});
    pool.countOnly();
    const qint64 before = ownMemory();
    quint64 accepted = 0;
    qint64 most = 0;
    CallTimes times;
    for (quint64 i = 0; i < emits; ++i) {
        accepted += times.measure([&] { return pool.emitKind(u"throw"_s); });
        if (i % drainEvery == 0) {
            pool.drain();
            most = std::max(most, ownMemory() - before);
        }
    }
    const bool isIdle = pool.waitUntilIdle(seconds(120));
    BarResult bar{{{u"accepted"_s, qint64(accepted)},
                   {u"refused"_s, qint64(emits - accepted)},
                   {u"ended"_s, qint64(pool.ended())},
                   {u"longestEmitMs"_s, times.longestOwn()},
                   {u"longestEmitWithPreemptionMs"_s, times.longest()},
                   {u"hostPeakKiB"_s, most}},
                  {}};
    if (!isIdle || pool.ended() != accepted)
        bar.problem = u"%1 of %2 accepted tasks ended."_s.arg(pool.ended()).arg(accepted);
    else if (most > 64 * 1024)
        bar.problem = u"This process grew by %1 KiB."_s.arg(most);
    else if (!options.schedules && times.longestOwn() > 16) // a short run may share the machine
        bar.problem = u"An emit took %1 ms."_s.arg(times.longestOwn());
    return bar;
}
