// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/runs/processusage.h>
#include <fanfare/trace/records.h>

#include <map>

namespace Fanfare {

/// Watches what the processes of a run take: the one that emits, and the worker processes that it
/// started, as the trace tells of them. What happens between the last look at a process and its end
/// is seen in no row of its own, but what the app waited for holds it, to 10 ms of CPU. Workers on
/// other hosts are not seen.
///
/// Threads: [owner].
class UsageWatch final
{
public:
    /// The run begins now, in the process \a app. Only what is taken from now on counts. [blocks]
    void begin(qint64 app);

    /// Learns of worker processes, and looks at all when the last look was long enough ago.
    /// [blocks], 0.1 ms for each process then
    void take(const TraceBatch &batch);

    void look(); ///< at all processes, now. [blocks]

    /// By age, the app first; see largestOf(). What workers took after the last look at them is a
    /// row "last moments of workers". Empty before begin(), and when the app was gone before it
    /// could be looked at again.
    std::vector<ProcessUsage> usages() const;

private:
    struct Watched
    {
        ProcessUsage before; ///< the run began
        ProcessUsage latest;
        std::map<qint64, ThreadSwitches> threads; ///< as seen last; those that ended are counted
        bool isKnown = false;                     ///< what it took in the run was seen
        bool isGone = false;
    };

    void watch(const QString &name, qint64 pid, bool isWorker);
    static void lookAt(Watched &process);
    static void addSwitches(Watched &process);
    static ProcessUsage takenBy(const Watched &process);
    void retire();
    ProcessUsage lastMoments() const;

    qint64 m_app = 0;
    qint64 m_begun = 0; ///< MonotonicClock nanoseconds
    qint64 m_due = 0;   ///< time of the next look
    std::map<LaneId, QString> m_lanes;
    ChildrenUsage m_childrenBefore;
    ChildrenUsage m_children;
    std::vector<Watched> m_processes;  // the app first
    std::vector<ProcessUsage> m_ended; // workers
};

} // namespace Fanfare
