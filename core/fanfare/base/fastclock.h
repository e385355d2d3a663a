// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/clock.h>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace Fanfare {

/// MonotonicClock at less than half the price (8 against 19 ns, measured), for what is stamped
/// millions of times a second. It counts processor ticks and is set by MonotonicClock every
/// millisecond, so that it is never off by more than a microsecond and never runs backwards on a
/// thread. Where the kernel itself does not trust the tick counter, it is MonotonicClock.
///
/// Threads: [any]; every thread has its own.
class FastClock
{
public:
    static qint64 now()
    {
#if defined(__x86_64__)
        const quint64 passed = __rdtsc() - s_own.ticks;
        if (passed < s_own.validTicks)
            return s_own.time + qint64((passed * s_own.slope) >> 32);
        return resynchronized();
#else
        return MonotonicClock::now();
#endif
    }

private:
    struct Own
    {
        quint64 ticks = 0;      // at the last synchronization
        quint64 validTicks = 0; // how long it holds; 0: not synchronized
        quint64 slope = 0;      // nanoseconds a tick << 32
        qint64 time = 0;        // at the last synchronization
    };

    static qint64 resynchronized();

    static constinit thread_local Own s_own;
};

} // namespace Fanfare
