// SPDX-License-Identifier: MIT
#include "fanfare/base/fastclock.h"

#include <QFile>

#include <algorithm>
#include <atomic>

namespace Fanfare {

constinit thread_local FastClock::Own FastClock::s_own;

#if defined(__x86_64__)

namespace {

/// Ticks and time at one moment.
struct Moment
{
    quint64 ticks = 0;
    qint64 time = 0;
};

constexpr qint64 syncPeriod = 1'000'000;     // ns
constexpr qint64 measuringTime = 10'000'000; // ns; 50 ns of error are 5 ppm of it
constexpr quint64 quickReading = 2'000;      // ticks; a reading that took longer was interrupted
constexpr quint64 untrusted = ~quint64(0);

/// Nanoseconds a tick << 32; 0: not measured yet.
constinit std::atomic<quint64> measuredSlope = 0;
constinit std::atomic<quint64> firstTicks = 0;
constinit std::atomic<qint64> firstTime = 0;

Moment readMoment()
{
    Moment moment;
    for (int tries = 0; tries < 4; ++tries) {
        const quint64 before = __rdtsc();
        moment.time = MonotonicClock::now();
        const quint64 after = __rdtsc();
        moment.ticks = before + (after - before) / 2;
        if (after - before < quickReading)
            break;
    }
    return moment;
}

bool isTrusted()
{
    static const bool trusted = [] {
        QFile file(
            QStringLiteral("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
        return file.open(QIODevice::ReadOnly) && file.readAll().trimmed() == "tsc";
    }();
    return trusted;
}

/// The speed of the tick counter, measured between the first call and one some time later.
quint64 slope(const Moment &now)
{
    const quint64 known = measuredSlope.load(std::memory_order_acquire);
    if (known != 0)
        return known == untrusted ? 0 : known;
    if (!isTrusted()) {
        measuredSlope.store(untrusted, std::memory_order_release);
        return 0;
    }
    qint64 begin = 0;
    if (firstTime.compare_exchange_strong(begin, now.time)) {
        firstTicks.store(now.ticks, std::memory_order_release);
        return 0;
    }
    const quint64 beginTicks = firstTicks.load(std::memory_order_acquire);
    if (beginTicks == 0 || now.time - begin < measuringTime)
        return 0;
    const double nanosecondsPerTick = double(now.time - begin) / double(now.ticks - beginTicks);
    const auto result = quint64(nanosecondsPerTick * 4294967296.0);
    measuredSlope.store(result, std::memory_order_release);
    return result;
}

} // namespace

qint64 FastClock::resynchronized()
{
    const Moment now = readMoment();
    const quint64 speed = slope(now);
    if (speed == 0) // not known yet, or never
        return now.time;
    Own &own = s_own;
    // The latest that was said on this thread so far.
    const qint64 said = own.time + qint64((own.validTicks * own.slope) >> 32);
    own.time = std::max(now.time, said);
    own.slope = own.time > now.time ? speed - (speed >> 10) : speed; // ahead: lets time catch up
    own.ticks = now.ticks;
    own.validTicks = (quint64(syncPeriod) << 32) / speed;
    return own.time;
}

#else

qint64 FastClock::resynchronized()
{
    return MonotonicClock::now();
}

#endif

} // namespace Fanfare
