// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/subscriber.h>

#include <QFuture>

#include <chrono>
#include <utility>
#include <vector>

namespace Fanfare {

class EmissionState;

/// How one task of an emission stands.
struct TaskStatus
{
    SubscriberId subscriber{};
    bool isFinished = false; ///< the members below mean something only then
    Outcome outcome = Outcome::Succeeded;
    QCborValue result; ///< undefined: no result
    TaskError error;   ///< of Failed
    QString reason;    ///< stable code for outcomes other than Succeeded
};

/// A handle on an accepted emission: who runs, how it ended, and a way to stop it. Cheap to copy
/// and to throw away; the emission does not depend on it. As long as a handle exists, the results
/// of all tasks that end are kept. A default-constructed handle is empty: no tasks, finished.
///
/// Threads: [any]; one handle object is not used by two threads at once, copies are free.
class Emission
{
public:
    Emission() = default;
    explicit Emission(EmissionState *state)
        : m_state(state)
    {
    } ///< adopts one reference
    Emission(const Emission &other);
    Emission(Emission &&other) noexcept
        : m_state(std::exchange(other.m_state, nullptr))
    {
    }
    Emission &operator=(Emission other) noexcept
    {
        std::swap(m_state, other.m_state);
        return *this;
    }
    ~Emission()
    {
        if (m_state)
            release();
    }

    /// Ends queued tasks as Canceled before they start and requests the stop token of running
    /// ones, which end as Canceled when their handler leaves by an exception.
    void cancel();

    EmissionId id() const; ///< 0 for an empty handle
    QString eventName() const;
    int taskCount() const; ///< 0 when nobody was subscribed
    int finishedCount() const;
    bool isFinished() const { return finishedCount() == taskCount(); }

    /// How each task stands, by index. [any, locks]
    std::vector<TaskStatus> tasks() const;

    /// Waits until all tasks ended, at most \a timeout. False when they have not. Never call it
    /// on a GUI thread or from a handler of the same executor. [any, blocks]
    bool waitForFinished(std::chrono::nanoseconds timeout) const;

    /// Finishes with the status of all tasks when the last has ended. Costs about 1 us: ask for
    /// it only where it is used.
    QFuture<std::vector<TaskStatus>> future() const;

private:
    void release();

    EmissionState *m_state = nullptr;
};

} // namespace Fanfare
