// SPDX-License-Identifier: MIT
#include "gate.h"

#include <QAbstractEventDispatcher>
#include <QMetaObject>

#include <utility>

namespace Fanfare::Conformance {

void Gate::open()
{
    std::vector<Waiter> waiters;
    {
        std::lock_guard lock(m_mutex);
        m_isOpen = true;
        waiters = std::exchange(m_waiters, {});
    }
    m_condition.notify_all();
    for (const Waiter &waiter : waiters) {
        QMetaObject::invokeMethod(
            waiter.resumer, [coroutine = waiter.coroutine] { coroutine.resume(); },
            Qt::QueuedConnection);
    }
}

void Gate::wait()
{
    std::unique_lock lock(m_mutex);
    m_condition.wait(lock, [this] { return m_isOpen; });
}

bool Gate::Opening::await_suspend(std::coroutine_handle<> coroutine)
{
    std::lock_guard lock(m_gate.m_mutex);
    if (m_gate.m_isOpen)
        return false;
    m_gate.m_waiters.push_back({QAbstractEventDispatcher::instance(), coroutine});
    return true;
}

} // namespace Fanfare::Conformance
