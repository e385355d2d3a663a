// SPDX-License-Identifier: MIT
#include "desktop/models/runspans.h"

namespace Fanfare {

void RunSpans::append(const SpanEntry &span)
{
    quint32 &newest = m_newest[span.record.task.emission];
    m_spans.append(span);
    m_previous.append(newest);
    newest = static_cast<quint32>(m_spans.size());
}

void RunSpans::clear()
{
    m_spans.clear();
    m_previous.clear();
    m_newest.clear();
}

std::optional<size_t> RunSpans::indexOf(TaskId task) const
{
    for (quint32 at = m_newest.value(task.emission); at != 0; at = m_previous[at - 1]) {
        if (m_spans[at - 1].record.task == task)
            return at - 1;
    }
    return std::nullopt;
}

std::vector<TaskId> RunSpans::tasksOf(EmissionId emission) const
{
    std::vector<TaskId> tasks;
    for (quint32 at = m_newest.value(emission); at != 0; at = m_previous[at - 1])
        tasks.push_back(m_spans[at - 1].record.task);
    return tasks;
}

} // namespace Fanfare
