// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <deque>
#include <optional>
#include <vector>

namespace Fanfare {

/// One ping to another host and its answer. All times in nanoseconds of the steady clock of where
/// they were taken, never of a wall clock.
struct ClockSample
{
    qint64 sent = 0;     ///< here
    qint64 received = 0; ///< there
    qint64 answered = 0; ///< there
    qint64 arrived = 0;  ///< here

    /// Time on the way, both directions together.
    qint64 delay() const { return (arrived - sent) - (answered - received); }

    /// Their clock minus ours, if both directions took equally long; wrong by half of delay() at
    /// most, whatever they took.
    qint64 offset() const { return ((received - sent) + (answered - arrived)) / 2; }

    qint64 middle() const { return received + (answered - received) / 2; } ///< there
};

/// How times of another host are turned into ours: a straight line, and how wrong it may be. A line
/// never changes once it has been used, so that nothing that is drawn moves; only its error may
/// grow.
struct ClockLine
{
    qint64 since = 0;       ///< there: the line is for times from here on
    qint64 middle = 0;      ///< there: where offset holds
    qint64 offset = 0;      ///< ns; their clock minus ours
    double drift = 0;       ///< how much faster their clock runs, as a share of time
    qint64 error = 0;       ///< ns, at middle
    double errorGrowth = 0; ///< ns for each ns away from middle

    qint64 toLocal(qint64 remote) const;
    qint64 errorAt(qint64 remote) const; ///< ns: toLocal() is never further off than this
};

/// Knows what time it is on another host, for one session of its agent, since steady clocks begin
/// anew when a host boots. Keeps the quickest way there and the quickest way back of the last 128
/// pings, which may be of two pings, and after some ten seconds how fast the other clock drifts.
///
/// The error is a bound, not a guess: half of what these two ways took together, and what the
/// clocks may have drifted apart since. It holds for any delay, jitter and asymmetry, as long as
/// the clocks differ by no more than 200 ppm, and change by no more than 10 ppm within some
/// minutes; both are several times what computers do. A host that was suspended contradicts what
/// is known with its next ping, and begins a new line.
///
/// Threads: one at a time.
class ClusterClock final
{
public:
    /// Takes a ping. Those that cannot be, such as an answer before the question, are left out.
    /// One that contradicts all before, as after a suspended host, begins anew.
    void add(const ClockSample &sample);

    bool isKnown() const { return !m_lines.empty(); } ///< at least one ping was answered

    /// The line for what happened at \a remote on the other host: the newest that begins before
    /// it, else the oldest that is left. Start and end of one span go through the line of its
    /// start, so that its length is that of one clock. Only when isKnown(). The reference is valid
    /// until the next call that is not const.
    const ClockLine &lineAt(qint64 remote) const;

    /// What is known otherwise: at \a remote it was between \a notBefore and \a notAfter here, as
    /// no task starts before it was sent. Where that contradicts the line, its error grows.
    void constrain(qint64 remote, qint64 notBefore, qint64 notAfter);

    std::optional<qint64> driftPpb() const; ///< parts in 10^9, when it is known

private:
    /// What is known at one time: their clock minus ours is between two values.
    struct Bounds
    {
        qint64 there = 0; // ns, when
        qint64 least = 0; // ns
        qint64 most = 0;  // ns

        qint64 offset() const { return least + (most - least) / 2; }
        qint64 error() const { return (most - least + 1) / 2 + 1; }
    };

    void forgetPings();
    std::optional<Bounds> bounds() const; // at the last ping; none: pings contradict each other
    double errorGrowth() const;
    void estimateDrift(const Bounds &known);

    std::deque<ClockSample> m_recent; ///< the last 128
    std::deque<Bounds> m_anchors;     ///< good ones of the last minutes, one in 10 s
    std::vector<ClockLine> m_lines;   ///< by ClockLine::since
    double m_drift = 0;
    double m_driftError = 0;
    bool m_isDriftKnown = false;
};

} // namespace Fanfare
