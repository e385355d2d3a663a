// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace Fanfare {

/// What the user wrote at a moment of the run, or at a range of time.
struct TimelineNote
{
    qint64 from = 0;
    qint64 to = 0; ///< the same for a moment
    QString text;

    bool operator==(const TimelineNote &other) const = default;
};

/// The notes of a run, in order of time.
class TimelineNotes
{
public:
    /// Without text nothing is added. Returns whether it was.
    bool add(TimelineNote note);
    void remove(size_t index);

    const std::vector<TimelineNote> &all() const { return m_notes; }

    /// The note nearest to \a time, at most \a distance away.
    std::optional<size_t> nearest(qint64 time, qint64 distance) const;

    bool operator==(const TimelineNotes &other) const = default;

private:
    std::vector<TimelineNote> m_notes;
};

} // namespace Fanfare
