// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>

#include <QString>

#include <deque>

namespace Fanfare {

/// Numbers emissions and remembers the events of the last million of them.
///
/// Threads: [owner].
class EventHistory
{
public:
    static constexpr quint64 depth = 1'000'000; ///< emissions

    /// The number of the first of \a count emissions of \a event; the rest follow it.
    EmissionId add(const QString &event, quint64 count);

    /// The event of \a emission; empty when it is unknown or too old.
    QString eventOf(EmissionId emission) const;

private:
    struct Range
    {
        quint64 first = 0;
        quint64 count = 0;
        QString event;
    };
    std::deque<Range> m_ranges; // without gaps
    quint64 m_next = 1;
};

} // namespace Fanfare
