// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/outcome.h>

#include <atomic>
#include <mutex>

namespace Fanfare {

/// Whether tasks of a handler may start. While it is closed they end as Rejected, for the reason it
/// was closed for. It also notes whether a handler under suspicion has succeeded: nobody else is
/// told of every task.
///
/// Threads: [any].
class HandlerGate
{
public:
    /// \a code is stable, \a sentence says what is wrong and what to do. [locks]
    void close(const QString &code, const QString &sentence)
    {
        std::lock_guard lock(m_mutex);
        m_refusal = {code, sentence};
        m_isClosed.store(true, std::memory_order_release);
    }

    void open() { m_isClosed.store(false, std::memory_order_release); }
    bool isClosed() const { return m_isClosed.load(std::memory_order_relaxed); }

    /// The code and the sentence of the last close(). [locks]
    TaskError refusal() const
    {
        std::lock_guard lock(m_mutex);
        return m_refusal;
    }

    /// From now on the first success counts.
    void suspect()
    {
        Trust trusted = Trust::Trusted; // a success that nobody has taken yet stays
        m_trust.compare_exchange_strong(trusted, Trust::Suspected);
    }

    void noteSuccess()
    {
        if (m_trust.load(std::memory_order_relaxed) == Trust::Suspected)
            m_trust.store(Trust::Cleared, std::memory_order_relaxed);
    }

    /// Whether it has succeeded since suspect(). Told once.
    bool takeSuccess()
    {
        Trust cleared = Trust::Cleared;
        return m_trust.compare_exchange_strong(cleared, Trust::Trusted);
    }

private:
    enum class Trust : quint8 { Trusted, Suspected, Cleared };

    mutable std::mutex m_mutex;
    TaskError m_refusal; // guarded by m_mutex
    std::atomic<bool> m_isClosed = false;
    std::atomic<Trust> m_trust = Trust::Trusted;
};

} // namespace Fanfare
