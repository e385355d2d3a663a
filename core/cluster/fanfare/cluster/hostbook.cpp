// SPDX-License-Identifier: MIT
#include "fanfare/cluster/hostbook.h"

#include <algorithm>

namespace Fanfare {

/// ns in which a host is back that lost its broker with this program: it tries again every 5 s,
/// some 20 % later by chance, and connecting takes its time.
static constexpr qint64 returnTime = 8'000'000'000;

static constexpr qint64 greyAfter = 6'000'000'000; // ns: three presences

QString HostBook::labelFor(const QString &host) const
{
    const auto isTaken = [this](const QString &label) {
        return std::any_of(m_hosts.begin(), m_hosts.end(),
                           [&](const auto &entry) { return entry.second.fact.label == label; });
    };
    QString label = host;
    for (int count = 2; isTaken(label); ++count)
        label = QStringLiteral("%1 #%2").arg(host).arg(count);
    return label;
}

bool HostBook::note(const HostPresence &presence, qint64 now)
{
    const auto found = m_hosts.find(number(presence.session));
    if (found == m_hosts.end()) {
        Entry entry;
        entry.fact.presence = presence;
        entry.fact.label = labelFor(presence.host);
        entry.fact.lastSeen = now;
        m_hosts.emplace(number(presence.session), std::move(entry));
        return true;
    }
    found->second.fact.presence = presence;
    noteSign(presence.session, now);
    return false;
}

void HostBook::noteSign(ClusterSession agent, qint64 now)
{
    const auto found = m_hosts.find(number(agent));
    if (found == m_hosts.end())
        return;
    found->second.fact.lastSeen = now;
    found->second.missingSince = 0;
}

void HostBook::noteMissing(ClusterSession agent, qint64 now)
{
    const auto found = m_hosts.find(number(agent));
    if (found != m_hosts.end() && found->second.missingSince == 0 && now >= m_returnsUntil)
        found->second.missingSince = now;
}

void HostBook::addPing(const ClockAnswer &answer, qint64 now)
{
    const auto found = m_hosts.find(number(answer.agent));
    if (found == m_hosts.end())
        return;
    found->second.clock.add({answer.sent, answer.arrived, answer.answered, now});
    noteSign(answer.agent, now);
}

void HostBook::forgive(qint64 now)
{
    if (!m_hosts.empty())
        m_returnsUntil = now + returnTime;
    for (auto &[session, entry] : m_hosts) {
        entry.fact.lastSeen = now;
        entry.missingSince = 0;
    }
}

std::vector<ClusterHostFact> HostBook::takeLost(qint64 now)
{
    std::vector<ClusterHostFact> lost;
    for (auto at = m_hosts.begin(); at != m_hosts.end();) {
        const Entry &entry = at->second;
        const bool isMissing = entry.missingSince > 0 && now - entry.missingSince > m_missing;
        if (isMissing || now - entry.fact.lastSeen > m_silent) {
            lost.push_back(entry.fact);
            at = m_hosts.erase(at);
        } else {
            ++at;
        }
    }
    return lost;
}

const ClusterHostFact *HostBook::find(ClusterSession agent) const
{
    const auto found = m_hosts.find(number(agent));
    return found == m_hosts.end() ? nullptr : &found->second.fact;
}

std::vector<ClusterSession> HostBook::sessions() const
{
    std::vector<ClusterSession> sessions;
    for (const auto &[session, entry] : m_hosts)
        sessions.push_back(ClusterSession(session));
    return sessions;
}

std::vector<ClusterHostFact> HostBook::facts(qint64 now) const
{
    std::vector<ClusterHostFact> facts;
    for (const auto &[session, entry] : m_hosts) {
        ClusterHostFact fact = entry.fact;
        fact.isSilent = now - fact.lastSeen > greyAfter;
        if (entry.clock.isKnown()) {
            const ClockLine &line = entry.clock.lineAt(std::numeric_limits<qint64>::max());
            fact.clockOffset = line.offset;
            fact.clockError = line.errorAt(now + line.offset);
        }
        facts.push_back(std::move(fact));
    }
    std::sort(facts.begin(), facts.end(),
              [](const auto &a, const auto &b) { return a.label < b.label; });
    return facts;
}

template <typename Fits>
static QStringList labelsOf(const std::vector<ClusterHostFact> &facts, Fits fits)
{
    QStringList labels;
    for (const ClusterHostFact &fact : facts) {
        const auto &plugins = fact.presence.plugins;
        if (!fact.presence.isLeaving && std::any_of(plugins.begin(), plugins.end(), fits))
            labels.append(fact.label);
    }
    return labels;
}

QStringList HostBook::hostsWith(const QString &plugin, const QByteArray &hash) const
{
    return labelsOf(facts(0), [&](const PresentPlugin &present) {
        return present.id == plugin && present.hash == hash;
    });
}

int HostBook::heldBy(const QString &plugin, const QByteArray &hash) const
{
    int held = 0;
    for (const auto &[session, entry] : m_hosts) {
        const auto &plugins = entry.fact.presence.plugins;
        const bool fits = std::any_of(plugins.begin(), plugins.end(), [&](const auto &present) {
            return present.id == plugin && present.hash == hash;
        });
        if (fits)
            held += entry.fact.presence.waiting;
    }
    return held;
}

QStringList HostBook::hostsWithOther(const QString &plugin, const QByteArray &hash) const
{
    return labelsOf(facts(0), [&](const PresentPlugin &present) {
        return present.id == plugin && present.hash != hash;
    });
}

void HostBook::noteNews(ClusterSession agent, qint64 time, qint64 now)
{
    const auto found = m_hosts.find(number(agent));
    if (found == m_hosts.end())
        return;
    std::optional<qint64> &least = found->second.leastLead;
    least = std::min(least.value_or(now - time), now - time);
}

HostBook::LocalSpan HostBook::toLocal(ClusterSession agent, qint64 started, qint64 finished,
                                      qint64 sent, qint64 now)
{
    const qint64 length =
        std::clamp<qint64>(finished - started, 0, std::max<qint64>(0, now - sent));
    const qint64 latest = std::max(sent, now - length);
    const auto found = m_hosts.find(number(agent));
    if (found == m_hosts.end())
        return {latest, latest + length};
    Entry &host = found->second;
    host.clock.constrain(started, sent, now - length);
    qint64 begin = host.clock.isKnown() ? host.clock.lineAt(started).toLocal(started)
                                        : started + host.leastLead.value_or(latest - started);
    if (started >= host.lastStart)
        begin = std::max(begin, host.lastBegin);
    begin = std::clamp(begin, sent, latest);
    if (started >= host.lastStart) {
        host.lastStart = started;
        host.lastBegin = begin;
    }
    return {begin, begin + length};
}

} // namespace Fanfare
