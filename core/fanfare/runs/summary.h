// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/outcome.h>
#include <fanfare/trace/records.h>

#include <array>
#include <vector>

namespace Fanfare {

/// Whether the handler of \a span was entered. A task that never was has started == finished and
/// an outcome that needs no handler; its lane means nothing.
bool hasStarted(const SpanRecord &span);

/// Three points of a distribution, in nanoseconds, by nearest rank; all 0 when it is empty.
struct Percentiles
{
    qint64 p50 = 0;
    qint64 p90 = 0;
    qint64 p99 = 0;
};

/// Sums up the tasks of a run: outcomes, wall time, throughput, how long tasks waited and ran.
/// Keeps 16 bytes per task that started.
///
/// Threads: [owner]. add() is O(1), the percentiles are O(tasks).
class RunSummary
{
public:
    void add(const SpanRecord &span);

    quint64 tasks() const;
    quint64 count(Outcome outcome) const;
    bool allSucceeded() const; ///< also true of no tasks at all

    /// From the first task queued to the last one finished; 0 without tasks.
    qint64 wall() const;

    /// Tasks a second of wall time; 0 without wall time.
    double throughput() const;

    /// Between accepted and started, of the tasks that started.
    Percentiles queueTimes() const;

    /// Between started and finished, of the tasks that started.
    Percentiles runTimes() const;

private:
    std::array<quint64, outcomeCount> m_outcomes{};
    std::vector<qint64> m_queueTimes;
    std::vector<qint64> m_runTimes;
    qint64 m_first = 0;
    qint64 m_last = 0;
};

} // namespace Fanfare
