// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinecommands.h"

#include <QCoreApplication>
#include <QKeySequence>

#include <functional>
#include <vector>

class QAction;
class QWidget;

namespace Fanfare {

/// What the user can ask a timeline for, by name and key: one list for its menu, the shortcut sheet
/// and whoever else looks at the actions of the widget.
///
/// Threads: [gui].
class TimelineActions
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::TimelineActions)

public:
    /// Adds an action for each command to \a widget, which owns them; \a run does what one says.
    TimelineActions(QWidget &widget, const std::function<void(TimelineCommand)> &run);

    QAction *operator[](TimelineCommand command) const; ///< null for one without a name

    void refreshKeys() const; ///< the actions tell the keys that timelineKeys() has now

    struct Entry
    {
        TimelineCommand command;
        QString id; ///< unique, never translated; the name of the action is "timeline." and this
        QString text;
        QKeySequence keys; ///< that it comes with; there may be further ones
    };

    static std::vector<Entry> entries(); ///< in the order in which they are listed

private:
    static std::vector<Entry> viewEntries();
    static std::vector<Entry> colorEntries();
    static std::vector<Entry> spanEntries();
    static std::vector<Entry> noteEntries();
    static std::vector<Entry> laneEntries();

    std::vector<std::pair<TimelineCommand, QAction *>> m_actions;
};

} // namespace Fanfare
