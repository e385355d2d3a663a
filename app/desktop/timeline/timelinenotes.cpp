// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinenotes.h"

#include <algorithm>

namespace Fanfare {

bool TimelineNotes::add(TimelineNote note)
{
    note.text = note.text.simplified();
    if (note.text.isEmpty())
        return false;
    if (note.from > note.to)
        std::swap(note.from, note.to);
    const auto after = std::ranges::upper_bound(m_notes, note.from, {}, &TimelineNote::from);
    m_notes.insert(after, std::move(note));
    return true;
}

void TimelineNotes::remove(size_t index)
{
    if (index < m_notes.size())
        m_notes.erase(m_notes.begin() + static_cast<qsizetype>(index));
}

std::optional<size_t> TimelineNotes::nearest(qint64 time, qint64 distance) const
{
    std::optional<size_t> best;
    for (size_t i = 0; i < m_notes.size(); ++i) {
        const TimelineNote &note = m_notes[i];
        const qint64 away = std::max<qint64>({0, note.from - time, time - note.to});
        if (away <= distance) {
            distance = away;
            best = i;
        }
    }
    return best;
}

} // namespace Fanfare
