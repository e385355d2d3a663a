// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinecommands.h"

#include <QKeySequence>

#include <map>

namespace Fanfare {

/// The keys a timeline hears while it has the focus: those it comes with, see commandFor(), but for
/// the commands to which the user gave other ones.
///
/// Threads: [gui].
class TimelineKeys
{
public:
    /// Gives \a command exactly this key, none when empty, in place of all it came with. Only the
    /// first of several keys pressed in turn counts.
    void choose(TimelineCommand command, const QKeySequence &keys);
    void reset(TimelineCommand command); ///< to what it came with

    bool isChosen(TimelineCommand command) const { return m_chosen.contains(command); }

    /// What the user chose, else \a original.
    QKeySequence keysOf(TimelineCommand command, const QKeySequence &original) const;

    TimelineCommand commandFor(const QKeyEvent &event) const;

    /// What \a keys mean; None when they are no single key.
    TimelineCommand commandFor(const QKeySequence &keys) const;

private:
    std::map<TimelineCommand, QKeySequence> m_chosen;
};

/// The keys of all timelines; at first those they come with. [gui]
const TimelineKeys &timelineKeys();

/// All timelines hear \a keys from now on. Their actions tell them after refreshKeys(). [gui]
void setTimelineKeys(const TimelineKeys &keys);

} // namespace Fanfare
