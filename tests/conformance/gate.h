// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <condition_variable>
#include <coroutine>
#include <mutex>
#include <vector>

namespace Fanfare::Conformance {

/// Where handlers wait until the scenario lets them go on. Closed at first, open for good later.
///
/// Threads: [any].
class Gate
{
public:
    void open();
    void wait(); ///< [any, blocks]

    /// `co_await gate.opened()` suspends a coroutine of a thread with an event loop, which resumes
    /// it after the gate was opened.
    class Opening
    {
    public:
        explicit Opening(Gate &gate)
            : m_gate(gate)
        {
        }
        bool await_ready() const { return false; } // await_suspend() decides, under the lock
        bool await_suspend(std::coroutine_handle<> coroutine);
        void await_resume() const { }

    private:
        Gate &m_gate;
    };
    Opening opened() { return Opening(*this); }

private:
    struct Waiter
    {
        QObject *resumer = nullptr; // lives in the thread that resumes
        std::coroutine_handle<> coroutine;
    };

    std::mutex m_mutex;
    std::condition_variable m_condition;
    bool m_isOpen = false;         // guarded by m_mutex
    std::vector<Waiter> m_waiters; // guarded by m_mutex
};

} // namespace Fanfare::Conformance
