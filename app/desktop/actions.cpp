// SPDX-License-Identifier: MIT
#include "actions.h"

#include "appearance.h"

#include <QAction>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

struct Word
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::Actions)
};

QAction *add(QMainWindow &window, const QString &text, const QString &tip, const QString &icon = {},
             const QList<QKeySequence> &shortcuts = {})
{
    auto action = new QAction(text, &window);
    if (!icon.isEmpty())
        action->setIcon(symbolIcon(icon));
    action->setShortcuts(shortcuts);
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? tip : u"%1 (%2)"_s.arg(tip, keys));
    window.addAction(action);
    return action;
}

} // namespace

Actions::Actions(QMainWindow &window)
    : playDemo(add(window, Word::tr("Play the demo"),
                   Word::tr("A few seconds of sleeping, computing, hashing and one failure"),
                   u"play"_s, {QKeySequence(u"Ctrl+Shift+D"_s)}))
    , emitEvent(add(window, Word::tr("Emit"), Word::tr("Emit the event of the emit pane"),
                    u"emit"_s, {QKeySequence(u"Ctrl+Return"_s), QKeySequence(u"Ctrl+Enter"_s)}))
    , stop(add(window, Word::tr("Stop"),
               Word::tr("Cancel what is queued and ask running handlers to stop"), u"stop"_s,
               {QKeySequence(u"Ctrl+."_s)}))
    , restartEngine(add(window, Word::tr("Restart engine"),
                        Word::tr("Start the engine anew; plugins are read again"), u"restart"_s,
                        {QKeySequence(u"Ctrl+Shift+R"_s)}))
    , follow(add(window, Word::tr("Follow"), Word::tr("Keep the newest moment in view"),
                 u"follow"_s, {QKeySequence(u"Ctrl+L"_s)}))
    , fit(add(window, Word::tr("Fit"), Word::tr("Show the whole run"), u"fit"_s,
              {QKeySequence(u"Ctrl+0"_s)}))
    , zoomIn(add(window, Word::tr("Zoom in"), Word::tr("Show less time in more detail"), {},
                 {QKeySequence(QKeySequence::ZoomIn), QKeySequence(u"Ctrl+="_s)}))
    , zoomOut(add(window, Word::tr("Zoom out"), Word::tr("Show more time"), {},
                  {QKeySequence(QKeySequence::ZoomOut)}))
    , clear(add(window, Word::tr("Clear"), Word::tr("Forget all spans and log lines"), u"clear"_s,
                {QKeySequence(u"Ctrl+K"_s)}))
    , copyDetails(add(window, Word::tr("Copy details"),
                      Word::tr("Copy all that is known about the selected task"), {},
                      {QKeySequence(u"Ctrl+Shift+C"_s)}))
    , resetLayout(add(window, Word::tr("Reset layout"), Word::tr("Put all panes back in place")))
    , openPluginFolder(add(window, Word::tr("Open plugin folder"),
                           Word::tr("Show the folder your own plugins belong into"), u"folder"_s))
    , showShortcuts(add(window, Word::tr("Keyboard shortcuts"), Word::tr("All keys at a glance"),
                        {}, {QKeySequence(u"F1"_s), QKeySequence(u"?"_s)}))
    , about(add(window, Word::tr("About Fanfare"), Word::tr("Version and license")))
    , aboutQt(add(window, Word::tr("About Qt"), Word::tr("The toolkit this window is made with")))
    , quit(add(window, Word::tr("Quit"), Word::tr("End the engine and close the window"), {},
               {QKeySequence(u"Ctrl+Q"_s)}))
{
    follow->setCheckable(true);
    about->setMenuRole(QAction::AboutRole);
    aboutQt->setMenuRole(QAction::AboutQtRole);
    quit->setMenuRole(QAction::QuitRole);
}

void Actions::createMenus(QMainWindow &window, const QList<QAction *> &docks) const
{
    QMenuBar &bar = *window.menuBar();
    QMenu *file = bar.addMenu(Word::tr("&File"));
    file->addAction(openPluginFolder);
    file->addSeparator();
    file->addAction(quit);
    QMenu *edit = bar.addMenu(Word::tr("&Edit"));
    edit->addAction(copyDetails);
    edit->addSeparator();
    edit->addAction(clear);
    QMenu *view = bar.addMenu(Word::tr("&View"));
    view->addActions({follow, fit, zoomIn, zoomOut});
    view->addSeparator();
    view->addActions(docks);
    view->addSeparator();
    view->addAction(resetLayout);
    QMenu *run = bar.addMenu(Word::tr("&Run"));
    run->addActions({playDemo, emitEvent, stop});
    run->addSeparator();
    run->addAction(restartEngine);
    QMenu *help = bar.addMenu(Word::tr("&Help"));
    help->addAction(showShortcuts);
    help->addSeparator();
    help->addActions({about, aboutQt});
}

void Actions::createToolBar(QMainWindow &window) const
{
    auto bar = new QToolBar(Word::tr("Tool bar"), &window);
    bar->setObjectName(u"toolBar"_s);
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setIconSize(QSize(18, 18));
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->addActions({playDemo, emitEvent, stop});
    bar->addSeparator();
    bar->addActions({follow, fit, clear});
    window.addToolBar(bar);
}

} // namespace Fanfare
