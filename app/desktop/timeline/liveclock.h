// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>

namespace Fanfare {

/// What time it is in the run that is shown. Samples come with a delay that varies; the one that
/// came fastest sets the clock, so that "now" neither trembles nor runs ahead of the engine. A run
/// played from a file has a now of its own, for the same reason.
///
/// Threads: [gui].
class LiveClock
{
public:
    /// The engine said that it is \a time; \a local is MonotonicClock::now().
    void observe(qint64 time, qint64 local)
    {
        if (!m_offset || time - local > *m_offset)
            m_offset = time - local;
    }

    qint64 now(qint64 local) const { return local + m_offset.value_or(0); }
    void clear() { m_offset.reset(); }

private:
    std::optional<qint64> m_offset;
};

} // namespace Fanfare
