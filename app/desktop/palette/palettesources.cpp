// SPDX-License-Identifier: MIT
#include "palettesources.h"

#include "desktop/actionregistry.h"
#include "desktop/appearance.h"
#include "desktop/models/catalogview.h"
#include "desktop/models/runmodel.h"
#include "desktop/panes/durationtext.h"
#include "desktop/runlink.h"
#include "desktop/runs/runtext.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QAction>
#include <QCoreApplication>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Word
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::PaletteSources)
};

QString tasksText(quint64 count)
{
    return count == 1 ? Word::tr("1 task") : Word::tr("%L1 tasks").arg(count);
}

} // namespace

QList<PaletteItem> actionItems(const ActionRegistry &registry)
{
    QList<PaletteItem> items;
    for (QAction *action : registry.actions()) {
        const QString id = registry.idOf(*action);
        if (!action->isEnabled() || !action->isVisible() || id == "view.palette"_L1)
            continue;
        items.append({.id = u"action:"_s + id,
                      .text = action->text().remove(u'&'),
                      .place = registry.placeOf(*action),
                      .keys = action->shortcut().toString(QKeySequence::NativeText),
                      .icon = action->icon(),
                      .run = [action] { action->trigger(); },
                      .isChecked = action->isChecked()});
    }
    return items;
}

QList<PaletteItem> timelineItems(const TimelineWidget &timeline)
{
    QList<PaletteItem> items;
    const QList<QAction *> actions = timeline.actions();
    for (QAction *action : actions) {
        items.append({.id = u"timeline:"_s + action->objectName().section(u'.', 1),
                      .text = action->text(),
                      .place = Word::tr("Timeline"),
                      .keys = action->shortcut().toString(QKeySequence::NativeText),
                      .icon = symbolIcon(u"fit"_s),
                      .run = [action] { action->trigger(); },
                      .isChecked = false});
    }
    return items;
}

QList<PaletteItem> bookmarkItems(TimelineWidget &timeline)
{
    QList<PaletteItem> items;
    const qint64 start = timeline.scene().tracks().firstTime();
    const ViewBookmarks bookmarks = timeline.scene().saved().bookmarks;
    for (int digit = 0; digit < int(bookmarks.size()); ++digit) {
        const auto &view = bookmarks[size_t(digit)];
        if (!view)
            continue;
        items.append({.id = u"bookmark:%1"_s.arg(digit),
                      .text = Word::tr("Go to bookmark %1: %2 from %3 on")
                                  .arg(digit)
                                  .arg(durationText(qint64(view->length)),
                                       momentText(std::max<qint64>(0, view->begin - start))),
                      .place = Word::tr("Timeline"),
                      .keys = u"' %1"_s.arg(digit),
                      .icon = symbolIcon(u"fit"_s),
                      .run = [&timeline, digit] { timeline.goToBookmark(digit); }});
    }
    return items;
}

QList<PaletteItem> eventItems(const RunModel &run, const PaletteVerbs &verbs)
{
    QList<PaletteItem> items;
    const QStringList events = eventsOf(run.catalog());
    for (const QString &event : events) {
        items.append({.id = u"emit:"_s + event,
                      .text = Word::tr("Emit %1").arg(event),
                      .place = Word::tr("Event"),
                      .keys = {},
                      .icon = symbolIcon(u"emit"_s),
                      .run = [emit = verbs.emitEvent, event] { emit(event); }});
    }
    for (const QString &event : events) {
        items.append({.id = u"choose:"_s + event,
                      .text = Word::tr("Choose %1 in the emit pane").arg(event),
                      .place = Word::tr("Event"),
                      .keys = {},
                      .icon = symbolIcon(u"event"_s),
                      .run = [choose = verbs.chooseEvent, event] { choose(event); }});
    }
    return items;
}

std::optional<TaskId> newestTaskOf(const RunModel &run, const QString &plugin,
                                   const QString &handler)
{
    constexpr size_t most = 200'000;
    const size_t end = run.spanCount();
    for (size_t back = 1; back <= std::min(end, most); ++back) {
        if (!run.isKept(end - back))
            return {};
        const SpanEntry span = run.span(end - back);
        const HandlerEntry &entry = run.handler(span.handler);
        if (entry.handler == handler && entry.plugin == plugin)
            return span.record.task;
    }
    return {};
}

static void goTo(const RunModel &run, const PaletteVerbs &verbs, const QString &plugin,
                 const QString &handler, const QString &event)
{
    if (const std::optional<TaskId> task = newestTaskOf(run, plugin, handler))
        verbs.revealTask(*task);
    else if (!event.isEmpty())
        verbs.chooseEvent(event);
}

QList<PaletteItem> handlerItems(const RunModel &run, const PaletteVerbs &verbs)
{
    QList<PaletteItem> items;
    for (const PluginFact &plugin : run.catalog().plugins) {
        for (const HandlerFact &handler : plugin.handlers) {
            if (!plugin.isActive)
                continue;
            const QString symbol = handler.isAsync ? u"handler-async"_s : u"handler-sync"_s;
            const QString name = plugin.name;
            items.append({.id = u"handler:%1/%2"_s.arg(name, handler.name),
                          .text = Word::tr("Go to %1").arg(handler.name),
                          .place = Word::tr("Handler of %1").arg(name),
                          .keys = {},
                          .icon = symbolIcon(symbol),
                          .run = [&run, verbs, name, handler = handler.name,
                                  event = handler.events.value(0)] {
                              goTo(run, verbs, name, handler, event);
                          }});
        }
    }
    return items;
}

static constexpr qsizetype mostRuns = 50; // the runs pane lists all of them

QList<PaletteItem> runItems(const std::vector<LibraryEntry> &kept,
                            const std::function<void(const QString &)> &open)
{
    QList<PaletteItem> items;
    for (size_t i = 0; i < std::min(kept.size(), size_t(mostRuns)); ++i) {
        const LibraryEntry &run = kept[i];
        items.append({.id = u"run:"_s + run.file,
                      .text = Word::tr("Open run %1").arg(RunText::title(run)),
                      .place = run.isEnded ? tasksText(run.tasks) : Word::tr("Run"),
                      .keys = {},
                      .icon = symbolIcon(u"folder"_s),
                      .run = [open, path = run.path] { open(path); }});
    }
    return items;
}

QList<PaletteItem> comparisonItems(const std::vector<LibraryEntry> &kept, const QString &baseline,
                                   const std::function<void(const QString &)> &compare)
{
    QList<PaletteItem> items;
    for (const LibraryEntry &run : kept) {
        if (baseline.isEmpty() || run.path == baseline || items.size() == mostRuns)
            continue;
        items.append({.id = u"compare:"_s + run.file,
                      .text = Word::tr("Compare with run %1").arg(RunText::title(run)),
                      .place = Word::tr("Run in front"),
                      .keys = {},
                      .icon = symbolIcon(u"compare"_s),
                      .run = [compare, path = run.path] { compare(path); }});
    }
    return items;
}

PaletteItem emissionItem(const RunModel &run, const PaletteVerbs &verbs, const QString &text)
{
    bool isNumber = false;
    const quint64 number = text.mid(text.startsWith(u'#') ? 1 : 0).toULongLong(&isNumber);
    if (!isNumber)
        return {};
    const std::vector<TaskId> tasks = run.tasksOf(EmissionId{number});
    if (tasks.empty())
        return {};
    const QString event = run.eventName(EmissionId{number});
    return {.id = {},
            .text = Word::tr("Go to emission #%1 %2").arg(QString::number(number), event),
            .place = tasksText(tasks.size()),
            .keys = {},
            .icon = symbolIcon(u"event"_s),
            .run = [reveal = verbs.revealTask, task = tasks.front()] { reveal(task); }};
}

PaletteItem linkItem(const QString &text, const std::function<void(const QString &)> &open)
{
    const Result<RunLink> link = runLink(text);
    if (!link) {
        return {.id = {},
                .text = Word::tr("Paste the whole link, such as fanfare://run/9f1c…/span/1204"),
                .place = Word::tr("Link"),
                .keys = {},
                .icon = symbolIcon(u"link"_s),
                .run = [open, text] { open(text); }};
    }
    const QString run = link->run.first(8);
    return {.id = {},
            .text = link->task ? Word::tr("Go to emission #%1 of run %2")
                                     .arg(QString::number(number(link->task->emission)), run)
                               : Word::tr("Open run %1").arg(run),
            .place = Word::tr("Link"),
            .keys = {},
            .icon = symbolIcon(u"link"_s),
            .run = [open, text] { open(text); }};
}

} // namespace Fanfare
