// SPDX-License-Identifier: MIT
#include "fanfare/processes/tasktable.h"

namespace Fanfare {

static constexpr TaskNumber usage = TaskNumber(1) << 32;

PoolTask &TaskTable::add(const TaskSpec &spec)
{
    if (m_free.empty()) {
        m_free.push_back(std::uint32_t(m_tasks.size()));
        m_tasks.emplace_back().number = m_free.back();
    }
    PoolTask &task = at(m_free.back());
    m_free.pop_back();
    const TaskNumber number = task.number + usage;
    task = {};
    task.number = number;
    task.spec = spec;
    ++m_size;
    return task;
}

void TaskTable::remove(PoolTask &task)
{
    task.phase = TaskPhase::Free;
    m_free.push_back(place(task.number));
    --m_size;
}

PoolTask *TaskTable::find(TaskNumber number)
{
    if (place(number) >= m_tasks.size())
        return nullptr;
    PoolTask &task = at(place(number));
    return task.number == number && task.phase != TaskPhase::Free ? &task : nullptr;
}

void TaskTable::pushBack(TaskList &list, PoolTask &task)
{
    const std::uint32_t own = place(task.number);
    task.previous = list.last;
    task.next = 0;
    (list.last ? at(list.last).next : list.first) = own;
    list.last = own;
    ++list.size;
}

void TaskTable::pushFront(TaskList &list, PoolTask &task)
{
    const std::uint32_t own = place(task.number);
    task.previous = 0;
    task.next = list.first;
    (list.first ? at(list.first).previous : list.last) = own;
    list.first = own;
    ++list.size;
}

void TaskTable::insertAfter(TaskList &list, PoolTask *before, PoolTask &task)
{
    if (!before) {
        pushFront(list, task);
        return;
    }
    const std::uint32_t own = place(task.number);
    task.previous = place(before->number);
    task.next = before->next;
    (before->next ? at(before->next).previous : list.last) = own;
    before->next = own;
    ++list.size;
}

void TaskTable::unlink(TaskList &list, PoolTask &task)
{
    (task.previous ? at(task.previous).next : list.first) = task.next;
    (task.next ? at(task.next).previous : list.last) = task.previous;
    task.previous = task.next = 0;
    --list.size;
}

} // namespace Fanfare
