// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/lanearrangement.h"
#include "desktop/timeline/timelinenotes.h"

namespace Fanfare {

/// What the user made of a view, and can undo.
struct TimelineEdits
{
    LaneArrangement lanes;
    TimelineNotes notes;
    QString filter;

    bool operator==(const TimelineEdits &other) const = default;
};

/// The former states of TimelineEdits. Edits that go on, such as typing, count as one.
///
/// Threads: [gui].
class EditHistory
{
public:
    enum class Kind : quint8 { Single, Filter, LaneDrag };

    /// The user is about to change, or has changed, \a before.
    void remember(const TimelineEdits &before, Kind kind)
    {
        const bool goesOn = kind != Kind::Single && kind == m_last && m_redo.empty();
        m_last = kind;
        if (goesOn)
            return;
        m_redo.clear();
        m_undo.push_back(before);
        if (m_undo.size() > most)
            m_undo.erase(m_undo.begin());
    }

    /// The next edit is one of its own.
    void finish() { m_last = Kind::Single; }

    /// The state before or after \a now; nothing when there is none.
    std::optional<TimelineEdits> undo(const TimelineEdits &now)
    {
        return take(m_undo, m_redo, now);
    }
    std::optional<TimelineEdits> redo(const TimelineEdits &now)
    {
        return take(m_redo, m_undo, now);
    }

    bool canUndo() const { return !m_undo.empty(); }
    bool canRedo() const { return !m_redo.empty(); }

    void clear() { *this = EditHistory(); }

private:
    static constexpr size_t most = 200;

    std::optional<TimelineEdits> take(std::vector<TimelineEdits> &from,
                                      std::vector<TimelineEdits> &to, const TimelineEdits &now)
    {
        if (from.empty())
            return std::nullopt;
        m_last = Kind::Single;
        to.push_back(now);
        const TimelineEdits taken = std::move(from.back());
        from.pop_back();
        return taken;
    }

    std::vector<TimelineEdits> m_undo;
    std::vector<TimelineEdits> m_redo;
    Kind m_last = Kind::Single;
};

} // namespace Fanfare
