// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/handler.h>

#include <QThread>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace Fanfare::Validate {

/// How one call of a handler ended.
struct CallEnd
{
    enum class Kind : quint8 { NotEnded, Returned, ThrewException, ThrewOther };

    Kind kind = Kind::NotEnded;
    QString text;      ///< of the exception
    QCborValue result; ///< when it returned
};

/// Calls a handler as an executor does: a sync one on worker threads, a coroutine on an event loop.
///
/// Threads: [owner].
class HandlerCalls
{
public:
    /// After it was asked to stop. The engine grants 250 ms; the rest is for busy machines.
    static constexpr std::chrono::milliseconds grace{2000};

    HandlerCalls(Handler &handler, QString event);
    ~HandlerCalls();

    /// Starts one call for each of \a arguments, at once, asks those to stop that run after
    /// \a budget, and waits for all up to the grace. A call that is NotEnded goes on: the process
    /// cannot do more. blocks
    std::vector<CallEnd> run(const std::vector<Arguments> &arguments,
                             std::chrono::milliseconds budget);

private:
    class Call;

    void start(const std::shared_ptr<Call> &call);
    void work(const std::stop_token &stop);

    Handler &m_handler;
    const QString m_event;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<std::shared_ptr<Call>> m_waiting; // guarded by m_mutex
    std::vector<std::jthread> m_workers;
    QThread m_loop;
    std::unique_ptr<QObject> m_anchor; // lives in m_loop
};

} // namespace Fanfare::Validate
