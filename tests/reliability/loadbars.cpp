// SPDX-License-Identifier: MIT
// The bars of memory and floods: R13, R14.
#include "bar.h"
#include "chaospool.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <limits>
#include <malloc.h>
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
