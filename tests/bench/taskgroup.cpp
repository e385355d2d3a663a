// SPDX-License-Identifier: MIT
// Compiled with TBB only; without it taskGroup() is defined in notaskgroup.cpp.
#include "threadpools.h"

#include "emitrun.h"

#include <fanfare/base/clock.h>

#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <atomic>

namespace Fanfare::Bench {

static std::vector<double> runTaskGroup(quint64 count, int workers)
{
    const auto threads = size_t(workers) + 1; // the caller is one of them
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
    tbb::task_arena arena(int(threads), 1);
    std::vector<double> result;
    arena.execute([&] {
        std::atomic<quint64> done = 0;
        tbb::task_group group;
        for (int i = 0; i < 10'000; ++i)
            group.run([] {});
        group.wait();
        const double cpu = processCpu();
        const qint64 start = MonotonicClock::now();
        for (quint64 i = 0; i < count; ++i)
            group.run([&done] { done.fetch_add(1, std::memory_order_relaxed); });
        const double callSeconds = secondsSince(start);
        group.wait();
        const double seconds = secondsSince(start);
        result = {double(count) / seconds / 1e6, callSeconds / double(count) * 1e9,
                  (processCpu() - cpu) / double(count) * 1e9};
        if (done != count)
            fail("tasks of TBB are missing");
    });
    return result;
}

std::function<std::vector<double>(quint64, int)> taskGroup()
{
    return runTaskGroup;
}

} // namespace Fanfare::Bench
