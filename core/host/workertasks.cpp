// SPDX-License-Identifier: MIT
#include "workertasks.h"

#include <fanfare/executors/currenttask.h>

#include <algorithm>

namespace Fanfare {

void WorkerTasks::add(std::vector<WorkerTask> tasks)
{
    {
        std::lock_guard lock(m_mutex);
        for (WorkerTask &task : tasks) {
            auto &queue = task.handler->kind == HandlerKind::Async ? m_async : m_sync;
            queue.push_back(std::move(task));
        }
    }
    m_syncArrived.notify_one();
}

std::unique_ptr<WorkerContext> WorkerTasks::take(std::deque<WorkerTask> &queue)
{
    std::lock_guard lock(m_mutex);
    if (queue.empty())
        return nullptr;
    auto context = std::make_unique<WorkerContext>(std::move(queue.front()), m_channel);
    queue.pop_front();
    m_open.emplace(context->task().number, context.get());
    return context;
}

std::unique_ptr<WorkerContext> WorkerTasks::takeSync()
{
    return take(m_sync);
}

void WorkerTasks::waitForSync()
{
    std::unique_lock lock(m_mutex);
    m_syncArrived.wait(lock, [this] { return !m_sync.empty(); });
}

bool WorkerTasks::hasAsync() const
{
    std::lock_guard lock(m_mutex);
    return !m_async.empty();
}

std::unique_ptr<WorkerContext> WorkerTasks::takeAsync()
{
    return take(m_async);
}

void WorkerTasks::end(const WorkerContext &context)
{
    std::lock_guard lock(m_mutex);
    m_open.erase(context.task().number);
}

bool WorkerTasks::cancel(quint64 task)
{
    std::stop_source stop(std::nostopstate);
    {
        std::lock_guard lock(m_mutex);
        const auto isWanted = [&](const WorkerTask &each) { return each.number == task; };
        if (std::erase_if(m_sync, isWanted) + std::erase_if(m_async, isWanted) > 0)
            return true;
        const auto open = m_open.find(task);
        if (open != m_open.end())
            stop = open->second->stopSource();
    }
    stop.request_stop(); // runs what a handler registered
    return false;
}

bool WorkerTasks::addLine(const LogLine &line)
{
    const auto isPrinter = [&](const Context &context) {
        return EmissionId(context.emissionId()) == line.task.emission
            && context.taskIndex() == line.task.index;
    };
    Context *const current = currentContext();
    if (current && isPrinter(*current)) { // nearly always
        static_cast<WorkerContext *>(current)->addLine(line);
        return true;
    }
    std::lock_guard lock(m_mutex);
    for (const auto &[task, context] : m_open) {
        if (isPrinter(*context)) {
            context->addLine(line);
            return true;
        }
    }
    return false;
}

bool WorkerTasks::isEmpty() const
{
    std::lock_guard lock(m_mutex);
    return m_sync.empty() && m_async.empty() && m_open.empty();
}

} // namespace Fanfare
