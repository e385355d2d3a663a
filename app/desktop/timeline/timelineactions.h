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

private:
    struct Entry
    {
        TimelineCommand command;
        QString text;
        QKeySequence keys;
    };

    static std::vector<Entry> entries();
    static std::vector<Entry> viewEntries();
    static std::vector<Entry> colorEntries();
    static std::vector<Entry> spanEntries();
    static std::vector<Entry> noteEntries();
    static std::vector<Entry> laneEntries();

    std::vector<std::pair<TimelineCommand, QAction *>> m_actions;
};

} // namespace Fanfare
