// SPDX-License-Identifier: MIT
#include "fanfare/cluster/clusterclock.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace Fanfare {

static constexpr double unknownDrift = 200e-6; // what quartz and NTP's corrections stay below
static constexpr double wander = 10e-6;        // by which a known drift may be wrong soon after
static constexpr size_t recentCount = 128;
static constexpr size_t anchorCount = 31;
static constexpr size_t lineCount = 256;
static constexpr qint64 anchorDistance = 10'000'000'000; // ns
static constexpr double clearlyBetter = 0.75;            // of the error that was known before

qint64 ClockLine::toLocal(qint64 remote) const
{
    return remote - offset - qint64(std::llround(drift * double(remote - middle)));
}

qint64 ClockLine::errorAt(qint64 remote) const
{
    return error + qint64(std::ceil(errorGrowth * std::abs(double(remote - middle))));
}

static bool isPossible(const ClockSample &sample)
{
    return sample.arrived >= sample.sent && sample.answered >= sample.received
        && sample.delay() >= 0;
}

/// That it came there before it was sent here, or here before it was sent there, as far as \a line
/// is right.
static bool contradicts(const ClockSample &sample, const ClockLine &line)
{
    return line.toLocal(sample.received) + line.errorAt(sample.received) < sample.sent
        || line.toLocal(sample.answered) - line.errorAt(sample.answered) > sample.arrived;
}

void ClusterClock::add(const ClockSample &sample)
{
    if (!isPossible(sample))
        return;
    bool beginsAnew = !isKnown() || contradicts(sample, m_lines.back());
    if (beginsAnew)
        forgetPings();
    m_recent.push_back(sample);
    if (m_recent.size() > recentCount)
        m_recent.pop_front();
    std::optional<Bounds> known = bounds();
    if (known) {
        estimateDrift(*known);
        known = bounds();
    }
    if (!known) { // pings contradict each other, though not yet the line
        forgetPings();
        m_recent.push_back(sample);
        known = bounds();
        beginsAnew = true;
    }
    ClockLine line{0,
                   known->there,
                   known->offset(),
                   m_isDriftKnown ? m_drift : 0,
                   known->error(),
                   errorGrowth()};
    // One that is used stays for a while: lines are kept, and what is drawn moves with a new one.
    if (!beginsAnew
        && double(line.error) > clearlyBetter * double(m_lines.back().errorAt(line.middle)))
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

double ClusterClock::errorGrowth() const
{
    return m_isDriftKnown ? m_driftError + wander : unknownDrift;
}

/// A question cannot come there before it was sent here, so the offset is at most the difference;
/// its answer cannot come here before it was sent there, so it is at least that. The best question
/// and the best answer may be of two pings: where threads have to wait for a processor, it is rare
/// that both ways are quick at once.
std::optional<ClusterClock::Bounds> ClusterClock::bounds() const
{
    const double drift = m_isDriftKnown ? m_drift : 0;
    const double growth = errorGrowth();
    const qint64 now = m_recent.back().answered;
    Bounds bounds{now, std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max()};
    for (const ClockSample &sample : m_recent) {
        const auto asked = double(now - sample.received);
        const auto told = double(now - sample.answered);
        bounds.most = std::min(bounds.most,
                               sample.received - sample.sent
                                   + qint64(std::ceil(drift * asked + growth * std::abs(asked))));
        bounds.least = std::max(bounds.least,
                                sample.answered - sample.arrived
                                    + qint64(std::floor(drift * told - growth * std::abs(told))));
    }
    if (bounds.least > bounds.most)
        return {};
    return bounds;
}

/// What is known at two times bounds the drift between them. The pair that bounds it best is taken,
/// once it is better than knowing nothing.
void ClusterClock::estimateDrift(const Bounds &known)
{
    if (m_anchors.empty() || known.there - m_anchors.back().there >= anchorDistance) {
        m_anchors.push_back(known);
        if (m_anchors.size() > anchorCount)
            m_anchors.pop_front();
    } else if (known.error() < m_anchors.back().error()) {
        m_anchors.back() = known; // not for ever: what comes 10 s later is an anchor anyway
    }
    const Bounds &last = m_anchors.back();
    double smallest = unknownDrift / 2;
    m_isDriftKnown = false; // what was known wanders: only the last minutes count
    for (const Bounds &first : m_anchors) {
        const auto time = double(last.there - first.there);
        if (time < double(anchorDistance))
            break;
        const double error = double(first.error() + last.error()) / time;
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
