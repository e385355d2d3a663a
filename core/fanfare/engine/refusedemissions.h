// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventlinker.h>
#include <fanfare/trace/recorder.h>

namespace Fanfare {

/// Records emissions that found no room in the queue: each of their tasks ends as Rejected, with
/// the reason "queue-full", on a lane of its own. One-time subscribers are not used up.
///
/// Threads: [owner].
class RefusedEmissions
{
public:
    /// Both are borrowed.
    RefusedEmissions(EventLinker &linker, Recorder &recorder);

    /// Records the emission \a id of \a event and returns the number of its tasks. \a bound is the
    /// one of the queue.
    int add(const QString &event, EmissionId id, quint64 bound);

    quint64 emissions() const { return m_emissions; }
    quint64 tasks() const { return m_tasks; }

private:
    Lane &lane();

    EventLinker &m_linker;
    Recorder &m_recorder;
    Lane *m_lane = nullptr; // made by the first one
    quint64 m_emissions = 0;
    quint64 m_tasks = 0;
};

} // namespace Fanfare
