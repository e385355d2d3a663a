// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

#include <unordered_map>

namespace Fanfare {

/// Which process served which lane at what time, and what became of it. Lanes are numbered by the
/// caller. The newest of it: what is older is forgotten.
///
/// Threads: [owner].
class LaneHistory
{
public:
    static constexpr size_t maximumEvents = 65'536; ///< of each lane

    /// From \a time on the lane belongs to \a pid; for lanes whose worker never changes by itself.
    void setPid(quint32 lane, qint64 time, qint64 pid);

    /// What happened to the process behind \a lane. Events of a lane come in order of time.
    void add(quint32 lane, const LaneEvent &event);

    void clearEvents(); ///< what is known about processes stays
    void putBack(quint32 lane, const std::vector<LaneEvent> &events); ///< that were cleared

    /// The process that served \a lane at \a time; 0 when that is not known. O(log).
    qint64 pidAt(quint32 lane, qint64 time) const;

    /// Everything but setPid(), oldest first.
    const std::vector<LaneEvent> &events(quint32 lane) const;

private:
    struct Tenure
    {
        qint64 from = 0;
        qint64 pid = 0;
    };
    struct Entry
    {
        std::vector<Tenure> tenures; // by time
        std::vector<LaneEvent> events;
    };

    std::unordered_map<quint32, Entry> m_lanes;
};

} // namespace Fanfare
