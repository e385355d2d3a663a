// SPDX-License-Identifier: MIT
#include "partqueue.h"

namespace Fanfare {

void PartQueue::push(RunPart part)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_parts.size() < most; });
    m_parts.push_back(std::move(part));
    m_changed.notify_all();
}

void PartQueue::finish()
{
    const std::lock_guard lock(m_mutex);
    m_isFinished = true;
    m_changed.notify_all();
}

std::optional<RunPart> PartQueue::take()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_parts.empty() || m_isFinished; });
    if (m_parts.empty())
        return std::nullopt;
    std::optional<RunPart> part(std::move(m_parts.front()));
    m_parts.pop_front();
    m_changed.notify_all();
    return part;
}

} // namespace Fanfare
