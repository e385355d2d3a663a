// SPDX-License-Identifier: MIT
#pragma once

#include "paletteitem.h"

#include <fanfare/base/ids.h>

#include <functional>

namespace Fanfare {

class ActionRegistry;
struct LibraryEntry;
class RunModel;
class TimelineWidget;

/// What the window does with things of the catalog that were chosen in the palette.
struct PaletteVerbs
{
    std::function<void(const QString &event)> emitEvent;
    std::function<void(const QString &event)> chooseEvent;
    std::function<void(TaskId task)> revealTask;
};

/// Every action that can be triggered now.
QList<PaletteItem> actionItems(const ActionRegistry &registry);

/// What \a timeline can do. The keys work only in it. The ids begin with "timeline:".
QList<PaletteItem> timelineItems(const TimelineWidget &timeline);

/// The bookmarks of views in \a timeline, which outlives the items: go to one.
QList<PaletteItem> bookmarkItems(TimelineWidget &timeline);

/// For every event of the catalog: emit it, and choose it in the emit pane.
QList<PaletteItem> eventItems(const RunModel &run, const PaletteVerbs &verbs);

/// For every handler of the catalog: show what it did last; one that did nothing has its event
/// chosen. The ids begin with "handler:".
QList<PaletteItem> handlerItems(const RunModel &run, const PaletteVerbs &verbs);

/// The newest of the \a kept runs: open one with \a open.
QList<PaletteItem> runItems(const std::vector<LibraryEntry> &kept,
                            const std::function<void(const QString &path)> &open);

/// The newest of the \a kept runs but \a baseline, a path: compare that one with it by \a compare.
/// None without a baseline.
QList<PaletteItem> comparisonItems(const std::vector<LibraryEntry> &kept, const QString &baseline,
                                   const std::function<void(const QString &path)> &compare);

/// "#123" or "123" goes to the first task of that emission, if it is known.
PaletteItem emissionItem(const RunModel &run, const PaletteVerbs &verbs, const QString &text);

/// Opens the link \a text with \a open, which says so when it is none.
PaletteItem linkItem(const QString &text, const std::function<void(const QString &link)> &open);

/// The newest finished task of a handler, among the last 200,000 of all.
std::optional<TaskId> newestTaskOf(const RunModel &run, const QString &plugin,
                                   const QString &handler);

} // namespace Fanfare
