// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

namespace Fanfare {

/// A time that a view shows shorter than it was. Times are nanoseconds.
struct TimeFold
{
    qint64 from = 0;
    qint64 to = 0;
    qint64 shown = 1; ///< as long as this; above 0, at most \c to - \c from
    qint64 idle = 0;  ///< how long nothing happened: the fold and what is left around it

    bool operator==(const TimeFold &other) const = default;
};

/// A map from times to places, which grow with the times: nanosecond for nanosecond outside of
/// folds, slower in them.
class TimeFolds
{
public:
    /// \a folds are in order of time and do not overlap. Places count from that of \a base, which
    /// should be near the view: doubles are exact there.
    TimeFolds(std::vector<TimeFold> folds, qint64 base);

    /// Nanoseconds of the view from \a base to \a time. O(log folds).
    double placeOf(qint64 time) const;

    /// The reverse: a time whose place is \a place, to the nanosecond of the view.
    qint64 timeAt(double place) const;

    /// The fold with \a time inside; null when there is none.
    const TimeFold *foldAt(qint64 time) const;

    const std::vector<TimeFold> &all() const { return m_folds; }

private:
    std::vector<TimeFold> m_folds;
    std::vector<qint64> m_places; ///< of where they begin
    qint64 m_base = 0;            ///< left of all folds: that with place 0
};

} // namespace Fanfare
