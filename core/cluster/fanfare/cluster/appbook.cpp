// SPDX-License-Identifier: MIT
#include "fanfare/cluster/appbook.h"

namespace Fanfare {

static constexpr qint64 longestPause = 5'000'000'000; // ns between two looks of who was not away
static constexpr qint64 memoryTime = qint64(3600) * 1'000'000'000; // ns that a silent app is known

void AppBook::noteSign(ClusterSession app, qint64 now)
{
    m_apps.insert_or_assign(number(app), Entry{now});
}

void AppBook::noteQuestion(ClusterSession app, qint64 now)
{
    m_apps.try_emplace(number(app), Entry{now});
}

void AppBook::noteMissing(ClusterSession app, qint64 now)
{
    Entry &entry = m_apps.try_emplace(number(app), Entry{now}).first->second;
    if (entry.missingSince == 0)
        entry.missingSince = now;
}

bool AppBook::isGone(ClusterSession app) const
{
    const auto found = m_apps.find(number(app));
    return found != m_apps.end() && found->second.isGone;
}

std::vector<ClusterSession> AppBook::takeGone(qint64 now)
{
    if (m_looked > 0 && now - m_looked > longestPause)
        forgive(now);
    m_looked = now;
    std::erase_if(m_apps, [&](const auto &each) { return now - each.second.heard > memoryTime; });
    std::vector<ClusterSession> gone;
    for (auto &[app, entry] : m_apps) {
        const bool isMissing = entry.missingSince > 0 && now - entry.missingSince >= m_missing;
        if (entry.isGone || (!isMissing && now - entry.heard < m_silent))
            continue;
        entry.isGone = true;
        gone.push_back(ClusterSession(app));
    }
    return gone;
}

void AppBook::forgive(qint64 now)
{
    for (auto &[app, entry] : m_apps)
        entry = {now};
}

} // namespace Fanfare
