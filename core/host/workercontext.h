// SPDX-License-Identifier: MIT
#pragma once

#include "ratelimit.h"
#include "workerchannel.h"

#include <fanfare/base/ids.h>
#include <fanfare/executors/subscriber.h>
#include <fanfare/trace/records.h>

#include <chrono>
#include <mutex>
#include <optional>

namespace Fanfare {

/// A task that arrived and has not started.
struct WorkerTask
{
    quint64 number = 0; ///< in the pool
    TaskId id;
    int attempt = 1;
    const HandlerEntryPoint *handler = nullptr; ///< lives as long as the process
    QString event;
    Arguments arguments;
    bool isBlocking = false;
    std::chrono::nanoseconds deadline{0}; ///< from its start; 0: any time

    HandlerKind kind() const
    {
        const bool isOnLoop = handler->kind == HandlerKind::Async;
        return isOnLoop  ? HandlerKind::Async
            : isBlocking ? HandlerKind::Blocking
                         : HandlerKind::Sync;
    }
};

/// The Context of a task that runs in a worker. What the handler says goes to the host at once, up
/// to a hundred lines and a hundred steps of progress a second; the rest is counted.
///
/// Threads: [any].
class WorkerContext final : public Context
{
public:
    WorkerContext(WorkerTask task, WorkerChannel &channel)
        : m_task(std::move(task))
        , m_channel(channel)
    {
    }
    virtual ~WorkerContext() = default;

    QString eventName() const override { return m_task.event; }
    const Arguments &arguments() const override { return m_task.arguments; }
    std::stop_token stopToken() const override { return stopSource().get_token(); }
    void progress(double fraction, const QString &text) override;
    void log(LogLevel level, const QString &text) override;
    int attempt() const override { return m_task.attempt; }
    int taskIndex() const override { return m_task.id.index; }
    quint64 emissionId() const override { return number(m_task.id.emission); }

    const WorkerTask &task() const { return m_task; }

    std::stop_source stopSource() const; ///< of stopToken(); made with the first call

    void addLine(const LogLine &line); ///< the same as log(), with a time of its own

    /// Sends what was held back; the last thing before the end of the task.
    void closeOutput();

private:
    void sendLine(WorkerLine line);                // needs m_mutex
    void sendProgress(const WorkerProgress &step); // needs m_mutex

    const WorkerTask m_task;
    WorkerChannel &m_channel;
    mutable std::mutex m_mutex;
    mutable std::stop_source m_stop{std::nostopstate}; // guarded by m_mutex, as the rest
    RateLimit m_lines;
    RateLimit m_steps;
    std::optional<WorkerProgress> m_heldStep;
};

} // namespace Fanfare
