// SPDX-License-Identifier: MIT
#include "fanfare/runs/usagewatch.h"

#include <fanfare/base/clock.h>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

void UsageWatch::begin(qint64 app)
{
    m_app = app;
    m_begun = MonotonicClock::now();
    m_processes.clear();
    if (app > 0)
        watch(u"app"_s, app, false);
}

/// What a process took before the run began is no part of it; one that began later took nothing.
void UsageWatch::watch(const QString &name, qint64 pid, bool isWorker)
{
    const auto isSame = [pid](const Watched &one) { return one.latest.pid == pid && !one.isGone; };
    if (std::ranges::any_of(m_processes, isSame))
        return;
    const ProcessUsage now = usageOf(pid);
    if (now.pid == 0)
        return;
    Watched process{.before = now, .latest = now};
    process.before.name = name;
    process.before.isWorker = isWorker;
    m_processes.push_back(process);
}

void UsageWatch::take(const TraceBatch &batch)
{
    for (const LaneInfo &lane : batch.lanes)
        m_lanes[lane.id] = lane.name;
    for (const LaneEvent &event : batch.laneEvents) {
        const bool isOurs = m_app > 0 && event.kind == LaneEventKind::Started && event.pid > 0
            && parentOf(event.pid) == m_app; // the same number on another host is another process
        if (!isOurs)
            continue;
        const size_t before = m_processes.size();
        watch(m_lanes[event.lane], event.pid, true);
        if (event.time >= m_begun && m_processes.size() > before) { // all it took is of the run
            ProcessUsage &base = m_processes.back().before;
            base.cpu = base.voluntary = base.involuntary = 0;
            m_processes.back().isKnown = true;
        }
    }
    if (MonotonicClock::now() >= m_due)
        look();
}

void UsageWatch::lookAt(Watched &process)
{
    const ProcessUsage now = usageOf(process.latest.pid);
    process.isGone = now.pid == 0;
    if (process.isGone)
        return;
    process.latest = now;
    process.isKnown = true;
}

void UsageWatch::look()
{
    static constexpr qint64 pause = 200'000'000; // ns
    for (Watched &process : m_processes) {
        if (!process.isGone)
            lookAt(process);
    }
    m_due = MonotonicClock::now() + pause;
}

std::vector<ProcessUsage> UsageWatch::usages() const
{
    std::vector<ProcessUsage> usages;
    if (m_processes.empty() || !m_processes.front().isKnown)
        return usages; // without the app the sums would be none
    for (const Watched &process : m_processes) {
        if (!process.isKnown)
            continue;
        const ProcessUsage &before = process.before;
        const ProcessUsage &latest = process.latest;
        // A thread that ended took its switches along.
        usages.push_back({before.name, latest.pid, before.isWorker, latest.cpu - before.cpu,
                          latest.peakMemory,
                          std::max<qint64>(0, latest.voluntary - before.voluntary),
                          std::max<qint64>(0, latest.involuntary - before.involuntary)});
    }
    return usages;
}

} // namespace Fanfare
