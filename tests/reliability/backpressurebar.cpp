// SPDX-License-Identifier: MIT
// R16: many more emissions than a queue has room for, under each policy.
#include "bar.h"
#include "chaospool.h"

#include <fanfare/base/clock.h>

#include <algorithm>
#include <sys/resource.h>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using std::chrono::seconds;

static constexpr size_t queueBound = 10'000;
static constexpr qint64 memoryBound = 64 * 1024; // KiB
static constexpr double longestAllowed = 16;     // ms

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

namespace {

/// What a million emissions did to a pool.
struct Pressure
{
    quint64 accepted = 0;
    quint64 ended = 0;
    quint64 dropped = 0;
    qint64 most = 0; ///< KiB that this process grew by
    CallTimes times;
    bool isIdle = false;
};

} // namespace

static QString nameOf(FullPolicy policy)
{
    return policy == FullPolicy::Reject ? u"reject"_s
        : policy == FullPolicy::Block   ? u"block"_s
                                        : u"dropOldest"_s;
}

static Pressure press(FullPolicy policy, quint64 emits)
{
    static constexpr quint64 drainEvery = 2'000; // emits, as an application does
    ChaosPool pool(
        {.workers = 2, .queueBound = queueBound, .fullPolicy = policy, .blockTime = seconds(60)});
    pool.countOnly();
    const qint64 before = ownMemory();
    Pressure pressure;
    for (quint64 i = 0; i < emits; ++i) {
        pressure.accepted += pressure.times.measure([&] { return pool.emitKind(u"throw"_s); });
        if (i % drainEvery == 0) {
            pool.drain();
            pressure.most = std::max(pressure.most, ownMemory() - before);
        }
    }
    pressure.isIdle = pool.waitUntilIdle(seconds(120));
    pressure.ended = pool.ended();
    pressure.dropped = pool.count(Outcome::Rejected);
    return pressure;
}

/// \a mayWait: an emit may take as long as it has to, which is what it was asked for.
static QString problemOf(const Pressure &pressure, bool mayWait)
{
    if (!pressure.isIdle || pressure.ended != pressure.accepted)
        return u"%1 of %2 accepted tasks ended."_s.arg(pressure.ended).arg(pressure.accepted);
    if (pressure.most > memoryBound)
        return u"This process grew by %1 KiB."_s.arg(pressure.most);
    if (!mayWait && pressure.times.longestOwn() > longestAllowed)
        return u"An emit took %1 ms."_s.arg(pressure.times.longestOwn());
    return {};
}

static void addFigures(QJsonObject &figures, const QString &policy, const Pressure &pressure)
{
    figures[policy + u"Accepted"_s] = qint64(pressure.accepted);
    figures[policy + u"Dropped"_s] = qint64(pressure.dropped);
    figures[policy + u"LongestEmitMs"_s] = pressure.times.longestOwn();
    figures[policy + u"PeakKiB"_s] = pressure.most;
}

BarResult runBackPressure(const BarOptions &options)
{
    const quint64 emits = options.schedules.value_or(1'000'000);
    BarResult bar;
    for (const FullPolicy policy :
         {FullPolicy::Reject, FullPolicy::Block, FullPolicy::DropOldest}) {
        const QString name = nameOf(policy);
        const Pressure pressure = press(policy, emits);
        addFigures(bar.figures, name, pressure);
        // A short run may share the machine.
        const bool mayWait = policy == FullPolicy::Block || options.schedules;
        QString problem = problemOf(pressure, mayWait);
        if (problem.isEmpty() && policy != FullPolicy::Reject && pressure.accepted != emits)
            problem =
                u"%1 of %2 emissions were refused."_s.arg(emits - pressure.accepted).arg(emits);
        if (problem.isEmpty() && policy != FullPolicy::DropOldest && pressure.dropped > 0)
            problem = u"%1 tasks were dropped."_s.arg(pressure.dropped);
        if (bar.problem.isEmpty() && !problem.isEmpty())
            bar.problem = name + u": "_s + problem;
    }
    return bar;
}
