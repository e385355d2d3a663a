// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runemissiontable.h"
#include "desktop/timeline/timeaxis.h"

namespace Fanfare {

/// The moment of one emission.
struct EmissionInstant
{
    qint64 time = 0;
    EmissionId emission{};

    bool operator<(const EmissionInstant &other) const { return time < other.time; }
};

/// One or more emissions that are drawn as one mark.
struct EmissionMark
{
    double x = 0;     ///< of the first one
    size_t first = 0; ///< position in the track
    size_t count = 1;
};

/// All emissions in order of time.
///
/// Threads: [gui].
class EmissionTrack
{
public:
    /// Remembers an emission; it counts from the next sort() on. Known ones change nothing.
    void add(EmissionId emission, qint64 time);

    /// Puts what was added since the last call into order. Costs the size of what is out of order.
    void sort();

    void clear();
    size_t size() const { return m_instants.size(); }
    const EmissionInstant &operator[](size_t position) const { return m_instants[position]; }

    /// Marks for \a width pixels of \a axis. Emissions closer than 8 pixels become one mark with a
    /// count. The grouping moves with the time, not with the view: marks do not jump while
    /// panning.
    std::vector<EmissionMark> marks(const TimeAxis &axis, int width) const;

    static constexpr double minimumDistance = 8; ///< pixels between two marks
    static constexpr double badgeWidth = 40;     ///< pixels a mark with a count takes at most

private:
    size_t startOf(qint64 time, size_t hint = 0) const;
    void addCell(std::vector<EmissionMark> &marks, const TimeAxis &axis, size_t first,
                 size_t end) const;

    std::vector<EmissionInstant> m_instants;
    RunEmissionTable<bool> m_known;
    size_t m_sorted = 0;
};

} // namespace Fanfare
