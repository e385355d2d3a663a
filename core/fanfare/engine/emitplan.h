// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/enginemessages.h>
#include <fanfare/engine/flightlog.h>

namespace Fanfare {

/// One command on its way: how many emissions are due by now, and how many were accepted. Emission
/// k is due at start + k / rate, so that the mean rate is right however late each look is.
///
/// Threads: [owner].
class EmitPlan
{
public:
    EmitPlan(quint64 number, EmitMessage message, qint64 start);

    quint64 number() const { return m_number; }
    const QString &event() const { return m_message.command.event; }
    quint32 concurrency() const { return m_message.command.concurrency; } ///< 0: no bound

    /// Emissions that should have been accepted at \a now and were not.
    quint64 dueCount(qint64 now) const;

    /// When the next emission is due; in the past when it is overdue. Not for a complete plan.
    qint64 nextDue() const;

    EmissionId nextId() const;
    Arguments nextArguments() const;

    void addAccepted(int tasks); ///< the next emission was accepted

    void end() { m_hasEnded = true; } ///< nothing is due any more
    bool hasEnded() const { return m_hasEnded; }

    /// Whether all emissions that are not accepted yet are in \a range.
    bool isRestIn(const EmissionRange &range) const;

    bool isComplete() const { return m_accepted == m_message.command.count; }
    quint64 acceptedCount() const { return m_accepted; }
    CommandFact fact(const QString &error) const;

    std::chrono::nanoseconds deadline{0}; ///< of each task; 0: that of its handler
    FlightCommand *flight = nullptr;      ///< where the progress is noted; null while it waits

private:
    const quint64 m_number;
    const EmitMessage m_message;
    const qint64 m_start;
    quint64 m_accepted = 0; // emissions
    quint64 m_tasks = 0;
    bool m_hasEnded = false;
};

} // namespace Fanfare
