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
    m_ended.clear();
    m_childrenBefore = m_children = childrenUsageOf(app);
    if (app > 0)
        watch(u"app"_s, app, false);
}

/// Adds what the threads did since the last look. One that is not there any more took the last of
/// its switches along; a number with fewer than before is another thread's.
void UsageWatch::addSwitches(Watched &process)
{
    std::map<qint64, ThreadSwitches> now = switchesOf(process.latest.pid);
    for (const auto &[thread, switches] : now) {
        const auto known = process.threads.find(thread);
        ThreadSwitches before = known == process.threads.end() ? ThreadSwitches() : known->second;
        if (before.voluntary > switches.voluntary || before.involuntary > switches.involuntary)
            before = {};
        process.latest.voluntary += switches.voluntary - before.voluntary;
        process.latest.involuntary += switches.involuntary - before.involuntary;
        process.latest.ready += switches.ready - before.ready;
    }
    process.threads = std::move(now);
}

/// What a process took before the run began is no part of it; one that began later took nothing.
void UsageWatch::watch(const QString &name, qint64 pid, bool isWorker)
{
    const auto isSame = [pid](const Watched &one) { return one.latest.pid == pid && !one.isGone; };
    if (std::ranges::any_of(m_processes, isSame))
        return;
    Watched process{.latest = usageOf(pid)};
    if (process.latest.pid == 0)
        return;
    addSwitches(process);
    process.before = process.latest;
    process.before.name = name;
    process.before.isWorker = isWorker;
    m_processes.push_back(std::move(process));
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
            base.cpu = base.voluntary = base.involuntary = base.faults = base.ready = 0;
            m_processes.back().isKnown = true;
        }
    }
    if (MonotonicClock::now() >= m_due)
        look();
}

void UsageWatch::lookAt(Watched &process)
{
    ProcessUsage now = usageOf(process.latest.pid);
    process.isGone = now.pid == 0;
    if (process.isGone)
        return;
    now.voluntary = process.latest.voluntary;
    now.involuntary = process.latest.involuntary;
    now.ready = process.latest.ready;
    process.latest = now;
    addSwitches(process);
    process.isKnown = true;
}

void UsageWatch::look()
{
    static constexpr qint64 pause = 200'000'000; // ns
    // First: a worker that ends meanwhile must not count twice.
    if (const ChildrenUsage children = childrenUsageOf(m_app); children.cpu > 0)
        m_children = children;
    for (Watched &process : m_processes) {
        if (!process.isGone)
            lookAt(process);
    }
    retire();
    m_due = MonotonicClock::now() + pause;
}

/// Workers that are gone take part in no look any more, and those of little memory share a row.
void UsageWatch::retire()
{
    const auto isOver = [](const Watched &process) {
        return process.before.isWorker && process.isGone;
    };
    for (const Watched &process : m_processes) {
        if (isOver(process) && process.isKnown)
            m_ended.push_back(takenBy(process));
    }
    std::erase_if(m_processes, isOver);
    if (m_ended.size() > 2 * mostProcesses)
        m_ended = largestOf(std::move(m_ended));
}

ProcessUsage UsageWatch::takenBy(const Watched &process)
{
    ProcessUsage taken = process.latest;
    taken.name = process.before.name;
    taken.isWorker = process.before.isWorker;
    taken.cpu -= process.before.cpu;
    taken.voluntary -= process.before.voluntary;
    taken.involuntary -= process.before.involuntary;
    taken.faults -= process.before.faults;
    taken.ready -= process.before.ready;
    return taken;
}

/// What the app waited for, less what was seen of it.
ProcessUsage UsageWatch::lastMoments() const
{
    const RunUsage seen = sumOf(m_ended);
    return {.name = u"last moments of workers"_s,
            .isWorker = true,
            .cpu = std::max<qint64>(0, m_children.cpu - m_childrenBefore.cpu - seen.cpu),
            .faults =
                std::max<qint64>(0, m_children.faults - m_childrenBefore.faults - seen.faults),
            .count = 0};
}

std::vector<ProcessUsage> UsageWatch::usages() const
{
    if (m_processes.empty() || !m_processes.front().isKnown)
        return {}; // without the app the sums would be none
    std::vector<ProcessUsage> usages{takenBy(m_processes.front())};
    usages.insert(usages.end(), m_ended.begin(), m_ended.end());
    for (const Watched &process : m_processes) {
        if (process.before.isWorker && process.isKnown)
            usages.push_back(takenBy(process));
    }
    usages = largestOf(std::move(usages));
    constexpr qint64 tick = 10'000'000; // ns, and what is less was not measured
    if (const ProcessUsage rest = lastMoments(); rest.cpu > tick)
        usages.push_back(rest);
    return usages;
}

} // namespace Fanfare
