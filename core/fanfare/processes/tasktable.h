// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/processes/pooltask.h>

#include <cstddef>
#include <deque>
#include <vector>

namespace Fanfare {

/// A list of tasks of one table, linked through the tasks themselves: adding and removing cost a
/// few nanoseconds wherever they happen.
struct TaskList
{
    std::uint32_t first = 0; ///< place in the table; 0: the list is empty
    std::uint32_t last = 0;
    std::size_t size = 0;
};

/// Where a pool keeps its tasks. Places are used again, numbers are not.
///
/// Threads: [owner].
class TaskTable
{
public:
    TaskTable() { m_tasks.emplace_back(); } // place 0 means "none"

    PoolTask &add(const TaskSpec &spec);
    void remove(PoolTask &task); ///< it is in no list any more

    /// The task with \a number, or null when it is gone.
    PoolTask *find(TaskNumber number);
    PoolTask &at(std::uint32_t place) { return m_tasks[place]; }
    const PoolTask &at(std::uint32_t place) const { return m_tasks[place]; }
    std::size_t size() const { return m_size; }

    /// The place of a task: small, and unique among the tasks that are there.
    static std::uint32_t place(TaskNumber number) { return std::uint32_t(number); }

    void pushBack(TaskList &list, PoolTask &task);
    void pushFront(TaskList &list, PoolTask &task);
    void insertAfter(TaskList &list, PoolTask *before, PoolTask &task); ///< null: at the front
    void unlink(TaskList &list, PoolTask &task);
    PoolTask *first(const TaskList &list) { return list.first ? &at(list.first) : nullptr; }
    PoolTask *last(const TaskList &list) { return list.last ? &at(list.last) : nullptr; }
    PoolTask *before(const PoolTask &task) { return task.previous ? &at(task.previous) : nullptr; }
    PoolTask *after(const PoolTask &task) { return task.next ? &at(task.next) : nullptr; }

private:
    std::deque<PoolTask> m_tasks;
    std::vector<std::uint32_t> m_free;
    std::size_t m_size = 0;
};

} // namespace Fanfare
