// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/poolaccount.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace Fanfare {

/// The one thread on which the callbacks of a process pool run, so that a slow callback delays
/// other callbacks and nothing else.
///
/// Threads: [any].
class CallbackThread
{
public:
    /// The arguments are borrowed.
    CallbackThread(const Executor &executor, PoolAccount &account, Recorder *recorder);
    ~CallbackThread(); ///< runs what is left [blocks]

    /// Runs the callbacks of \a deliveries, in their order, and completes them; takes them over.
    void post(std::vector<PoolDelivery> &deliveries);

    bool isCurrent() const { return std::this_thread::get_id() == m_thread.get_id(); }

private:
    void run();
    bool take(std::vector<PoolDelivery> &deliveries);

    const Executor &m_executor;
    PoolAccount &m_account;
    Recorder *const m_recorder;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<PoolDelivery> m_waiting; // guarded by m_mutex
    bool m_isEnding = false;             // guarded by m_mutex
    std::thread m_thread;                // last: it uses the others
};

} // namespace Fanfare
