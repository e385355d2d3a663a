// SPDX-License-Identifier: MIT
#include "workertasks.h"

#include <fanfare/executors/currenttask.h>

#include <algorithm>
#include <utility>

namespace Fanfare {

void WorkerTasks::add(std::vector<WorkerTask> tasks)
{
    bool hasWaited = false;
    {
        std::lock_guard lock(m_mutex);
        for (WorkerTask &task : tasks) {
            const HandlerKind kind = task.kind();
            hasWaited |= queue(kind).waiters > 0;
            queue(kind).tasks.push_back(std::move(task));
        }
    }
    if (hasWaited)
        queue(HandlerKind::Blocking).arrived.notify_all(); // nobody waits for others
}

std::unique_ptr<WorkerContext> WorkerTasks::take(HandlerKind kind)
{
    std::lock_guard lock(m_mutex);
    std::deque<WorkerTask> &tasks = queue(kind).tasks;
    if (tasks.empty())
        return nullptr;
    auto context = std::make_unique<WorkerContext>(std::move(tasks.front()), m_channel);
    tasks.pop_front();
    m_open.emplace(context->task().number, context.get());
    return context;
}

void WorkerTasks::wait(HandlerKind kind)
{
    std::unique_lock lock(m_mutex);
    Queue &from = queue(kind);
    ++from.waiters;
    from.arrived.wait(lock, [&] { return !from.tasks.empty(); });
    --from.waiters;
}

bool WorkerTasks::claim(HandlerKind kind)
{
    std::lock_guard lock(m_mutex);
    Queue &of = queue(kind);
    return !of.tasks.empty() && !std::exchange(of.isClaimed, true);
}

bool WorkerTasks::release(HandlerKind kind)
{
    std::lock_guard lock(m_mutex);
    queue(kind).isClaimed = !queue(kind).tasks.empty();
    return !queue(kind).isClaimed;
}

size_t WorkerTasks::unattended(HandlerKind kind) const
{
    std::lock_guard lock(m_mutex);
    const Queue &of = m_queues[size_t(kind)];
    return of.tasks.size() - std::min(of.tasks.size(), of.waiters);
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
        for (Queue &each : m_queues) {
            if (std::erase_if(each.tasks, isWanted) > 0)
                return true;
        }
        const auto open = m_open.find(task);
        if (open != m_open.end())
            stop = open->second->stopSource();
    }
    stop.request_stop(); // runs what a handler registered
    return false;
}

std::vector<quint64> WorkerTasks::takeBack(HandlerKind kind)
{
    std::deque<WorkerTask> taken;
    {
        std::lock_guard lock(m_mutex);
        taken.swap(queue(kind).tasks);
    }
    std::vector<quint64> numbers;
    for (const WorkerTask &task : taken)
        numbers.push_back(task.number);
    return numbers;
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
    return m_open.empty() && std::all_of(m_queues.begin(), m_queues.end(), [](const Queue &each) {
               return each.tasks.empty();
           });
}

} // namespace Fanfare
