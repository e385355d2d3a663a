// SPDX-License-Identifier: MIT
#include "fanfare/cluster/clusterclock.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Fanfare {

static constexpr double unknownDrift = 200e-6; // what quartz and NTP's corrections stay below
static constexpr double wander = 10e-6;        // by which a known drift may be wrong soon after
static constexpr size_t recentCount = 8;
static constexpr size_t anchorCount = 31;
static constexpr size_t lineCount = 256;
static constexpr qint64 anchorDistance = 10'000'000'000; // ns

qint64 ClockLine::toLocal(qint64 remote) const
{
    return remote - offset - qint64(std::llround(drift * double(remote - middle)));
}

qint64 ClockLine::errorAt(qint64 remote) const
{
    return error + qint64(std::ceil(errorGrowth * std::abs(double(remote - middle))));
}

/// How far offset() may be wrong at middle(); the clocks drift during the ping as well.
static qint64 errorOf(const ClockSample &sample)
{
    return (sample.delay() + 1) / 2 + 1
        + qint64(std::ceil(unknownDrift * double(sample.arrived - sample.sent)));
}

static bool isPossible(const ClockSample &sample)
{
    return sample.arrived >= sample.sent && sample.answered >= sample.received
        && sample.delay() >= 0;
}

void ClusterClock::add(const ClockSample &sample)
{
    if (!isPossible(sample))
        return;
    if (isKnown()) {
        const ClockLine &last = m_lines.back();
        const qint64 there = sample.middle();
        const qint64 away = std::abs(last.toLocal(there) - (there - sample.offset()));
        if (away > last.errorAt(there) + errorOf(sample))
            forgetPings();
    }
    m_recent.push_back(sample);
    if (m_recent.size() > recentCount)
        m_recent.pop_front();
    estimateDrift(sample);
    ClockLine line = bestLine();
    if (!m_lines.empty() && m_lines.back().middle == line.middle
        && m_lines.back().drift == line.drift && m_lines.back().errorGrowth == line.errorGrowth)
        return;
    line.since = m_lines.empty() ? std::numeric_limits<qint64>::min() : sample.answered;
    m_lines.push_back(line);
    if (m_lines.size() > lineCount)
        m_lines.erase(m_lines.begin());
}

void ClusterClock::forgetPings()
{
    m_recent.clear();
    m_anchors.clear();
    m_isDriftKnown = false;
}

/// Of the last pings the one with the smallest error now: a quick one may be older.
ClockLine ClusterClock::bestLine() const
{
    const double growth = m_isDriftKnown ? m_driftError + wander : unknownDrift;
    const qint64 now = m_recent.back().middle();
    const auto errorNow = [&](const ClockSample &sample) {
        return double(errorOf(sample)) + growth * double(now - sample.middle());
    };
    const auto best = std::min_element(m_recent.begin(), m_recent.end(),
                                       [&](const ClockSample &left, const ClockSample &right) {
                                           return errorNow(left) < errorNow(right);
                                       });
    return {0,     best->middle(), best->offset(), m_isDriftKnown ? m_drift : 0, errorOf(*best),
            growth};
}

/// Two pings bound the drift between them: the offset of each is known to its error. The pair that
/// bounds it best is taken, once it is better than knowing nothing.
void ClusterClock::estimateDrift(const ClockSample &sample)
{
    if (m_anchors.empty() || sample.middle() - m_anchors.back().middle() >= anchorDistance) {
        m_anchors.push_back(sample);
        if (m_anchors.size() > anchorCount)
            m_anchors.pop_front();
    } else if (errorOf(sample) < errorOf(m_anchors.back())) {
        m_anchors.back() = sample; // not for ever: the next ping 10 s later is an anchor anyway
    }
    const ClockSample &last = m_anchors.back();
    double smallest = unknownDrift / 2;
    m_isDriftKnown = false; // what was known wanders: only the last minutes count
    for (const ClockSample &first : m_anchors) {
        const auto time = double(last.middle() - first.middle());
        if (time < double(anchorDistance))
            break;
        const double error = double(errorOf(first) + errorOf(last)) / time;
        if (error >= smallest)
            continue;
        smallest = error;
        m_drift = double(last.offset() - first.offset()) / time;
        m_driftError = error;
        m_isDriftKnown = true;
    }
}

const ClockLine &ClusterClock::lineAt(qint64 remote) const
{
    const auto after =
        std::upper_bound(m_lines.begin(), m_lines.end(), remote,
                         [](qint64 time, const ClockLine &line) { return time < line.since; });
    return after == m_lines.begin() ? m_lines.front() : *std::prev(after);
}

void ClusterClock::constrain(qint64 remote, qint64 notBefore, qint64 notAfter)
{
    if (!isKnown() || notBefore > notAfter)
        return;
    auto &line = const_cast<ClockLine &>(lineAt(remote)); // one of m_lines, which are ours
    const qint64 local = line.toLocal(remote);
    const qint64 away = std::max(notBefore - local, local - notAfter);
    line.error += std::max<qint64>(0, away - line.errorAt(remote));
}

std::optional<qint64> ClusterClock::driftPpb() const
{
    if (!m_isDriftKnown)
        return {};
    return qint64(std::llround(m_drift * 1e9));
}

} // namespace Fanfare
