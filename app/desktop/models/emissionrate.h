// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <deque>
#include <optional>

namespace Fanfare {

/// How many emissions are made a second, of a counter that only grows while some are made.
///
/// Threads: [any].
class EmissionRate
{
public:
    /// The counter stood at \a emissions at \a time, nanoseconds. One that went back is another.
    void sample(qint64 time, quint64 emissions);

    /// Over the last second before the last sample. Nothing before emitting has gone on for a
    /// second, and from half a second after it stopped: then it would tell of a burst what is not
    /// so.
    std::optional<double> perSecond() const;
    quint64 last() const { return m_samples.empty() ? 0 : m_samples.back().emissions; }

private:
    struct Sample
    {
        qint64 time = 0;
        quint64 emissions = 0;
    };

    std::deque<Sample> m_samples; ///< from the last one that is a second old on
    qint64 m_since = 0;           ///< emissions have been made without a pause
    qint64 m_grown = 0;           ///< when the counter grew last
};

} // namespace Fanfare
