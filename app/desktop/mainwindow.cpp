// SPDX-License-Identifier: MIT
#include "mainwindow.h"

#include "appearance.h"
#include "droparea.h"
#include "emissioncontrol.h"
#include "lastsession.h"
#include "layoutchoice.h"
#include "linkdesk.h"
#include "notices.h"
#include "palette/commandpalette.h"
#include "palette/palettesources.h"
#include "palettechoice.h"
#include "panes/detailspane.h"
#include "panes/emitpane.h"
#include "panes/historypane.h"
#include "panes/logpane.h"
#include "panes/pluginpane.h"
#include "panes/shortcutsheet.h"
#include "panes/startpanel.h"
#include "panes/statusstrip.h"
#include "preferences/preferences.h"
#include "runs/rundesk.h"
#include "runs/runtabs.h"
#include "runs/shelfpane.h"
#include "scenarios/scenariopane.h"
#include "session.h"
#include "themechoice.h"
#include "timeline/timelinepane.h"
#include "timeline/timelinewidget.h"
#include "undostep.h"
#include "windowtexts.h"

#include <QAction>
#include <QApplication>
#include <QChildEvent>
#include <QClipboard>
#include <QDockWidget>
#include <QMenuBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(Session &session, QSettings &settings, const QString &runFolder,
                       ColorScheme shown)
    : m_session(session)
    , m_settings(settings)
    , m_registry(*this)
    , m_actions(m_registry)
    , m_shortcuts(m_registry, settings)
    , m_preferences(new Preferences(allPreferences(), settings, this))
    , m_demo(session)
    , m_timeline(new TimelineWidget(session.model(), this))
    , m_start(new StartPanel(userPluginFolder(), this))
    , m_center(new QStackedWidget(this))
    , m_messages(new MessageArea(this))
    , m_notices(new Notices(session, *m_messages, this))
    , m_drops(new DropArea(session.model(), *this))
    , m_plugins(new PluginPane(session.model(), this))
    , m_emit(new EmitPane(session.model(), this))
    , m_details(new DetailsPane(session.model(), this))
    , m_log(new LogPane(session.model(), this))
    , m_history(new HistoryPane(session.model(), this))
    , m_palette(new CommandPalette(*this, settings))
{
    resize(1440, 900);
    m_actions.fillToolBar(*this);
    createCenter(runFolder);
    createDocks();
    createUndo();
    m_runs->addActions(m_registry);
    m_plugins->addActions(m_registry);
    m_log->addActions(m_registry, m_undo);
    m_history->addActions(m_registry, m_undo);
    createEmissions();
    createPreferences();
    createLogRules();
    createLayouts();
    createPalette();
    createLinks();
    new ThemeChoice(m_registry, *m_preferences, shown, this);
    new PaletteChoice(m_registry, *m_preferences, this);
    statusBar()->addWidget(new StatusStrip(session, this), 1);
    connectActions();
    connectRun();
    connectTitle();
    connectPanes();
    connectDrops();
    connectKeptRuns();
    refreshCenter();
    m_shortcuts.restore();
    m_registry.fillMenus(*menuBar());
    m_layout->restore();
}

MainWindow::~MainWindow() = default;

void MainWindow::copyLink(TaskId task)
{
    const Result<RunLink> link = m_links->linkTo(task);
    if (link)
        QApplication::clipboard()->setText(link->toString());
    statusBar()->showMessage(
        link ? tr("The link to the task is on the clipboard.") : link.error().message, 4000);
}

/// With the link that was copied, if one was.
void MainWindow::askForLink()
{
    const QString copied = QApplication::clipboard()->text().trimmed();
    m_palette->open(isRunLink(copied) ? copied : u"fanfare://"_s);
}

void MainWindow::cancelSelected()
{
    if (m_details->task())
        m_emissions->cancel({m_details->task()->emission, 1});
    else
        statusBar()->showMessage(tr("Select a task first, in the timeline or the log."), 4000);
}

/// One more pane that stays on the task that is selected now.
void MainWindow::openDetails()
{
    if (!m_details->task())
        return statusBar()->showMessage(tr("Select a task first, in the timeline or the log."),
                                        4000);
    auto details = new DetailsPane(m_session.model(), this);
    details->setWindowFlag(Qt::Window);
    details->setAttribute(Qt::WA_DeleteOnClose);
    details->setWindowTitle(tr("Details of emission #%1").arg(number(m_details->task()->emission)));
    details->resize(m_details->size().expandedTo({320, 480}));
    details->showTask(m_details->task());
    details->setLocked(true);
    connectDetails(*details);
    details->show();
}

void MainWindow::clearRun()
{
    const auto number = std::make_shared<quint64>(0);
    const auto clear = [this, number] {
        m_details->setLocked(false);
        showTask({});
        *number = m_session.model().clear();
    };
    const auto takeBack = [this, number] {
        if (!m_session.model().restoreCleared(*number))
            statusBar()->showMessage(tr("What was cleared is gone: something else was cleared "
                                        "since, or it was too large to be kept."),
                                     8000);
    };
    m_undo.push(new UndoStep(tr("clear the run"), clear, takeBack));
}

TimelineWidget &MainWindow::timelineInFront() const
{
    return m_runs->tabs().timelineInFront(*m_timeline);
}

void MainWindow::revealEmission(EmissionId emission)
{
    const std::vector<TaskId> tasks = m_session.model().tasksOf(emission);
    if (!tasks.empty())
        revealTask(tasks.front());
}

void MainWindow::setPolicy(const PolicyTarget &target, const PolicyPart &part,
                           const PolicyPart &before)
{
    m_undo.push(new UndoStep(
        tr("change how %1 runs").arg(target.name.section(u'/', -1)),
        [this, target, part] { m_session.setPolicy(target, part); },
        [this, target, before] { m_session.setPolicy(target, before); }));
}

void MainWindow::refreshCenter()
{
    const RunModel &run = m_session.model();
    const bool isEmpty = run.spanCount() == 0 && run.live().running.empty()
        && run.live().queuedCount == 0 && run.marks().empty();
    m_center->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_start)
                                       : m_timeline->parentWidget());
}

void MainWindow::playDemo()
{
    m_demo.play();
}

void MainWindow::resetLayout()
{
    m_layout->reset();
}

void MainWindow::tellOfSafeMode()
{
    m_messages->showMessage({u"safe-mode"_s,
                             Accent::Neutral,
                             tr("Safe mode: only the bundled plugins are used. Start Fanfare "
                                "without --safe-mode to use all."),
                             {},
                             {}});
}

void MainWindow::openThings(const QStringList &things)
{
    for (const QString &thing : things) {
        if (isRunLink(thing))
            m_links->open(thing);
        else
            m_runs->openRuns({thing});
    }
}

void MainWindow::comeToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::selectExample()
{
    const RunModel &run = m_session.model();
    std::optional<TaskId> failure;
    for (size_t i = 0; i < run.spanCount(); ++i) {
        const SpanEntry span = run.span(i);
        const auto &record = span.record;
        if (run.tasksOf(record.task.emission).size() > 1)
            return showTask(record.task);
        if (!failure && record.outcome != Outcome::Succeeded)
            failure = record.task;
    }
    if (failure)
        showTask(failure);
}

void MainWindow::showTask(std::optional<TaskId> task)
{
    m_timeline->select(task);
    m_details->showTask(task);
    m_log->markTask(task);
}

void MainWindow::revealTask(TaskId task)
{
    showTask(task);
    m_timeline->reveal(task);
}

void MainWindow::showPane(QWidget &pane)
{
    auto dock = qobject_cast<QDockWidget *>(pane.parentWidget());
    dock->show();
    dock->raise();
    pane.setFocus();
}

void MainWindow::chooseEvent(const QString &event)
{
    m_emit->chooseEvent(event);
    showPane(*m_emit);
}

/// What cannot be emitted yet stays in the emit pane, which says why.
void MainWindow::emitWithDefaults(const QString &event)
{
    m_emit->chooseEvent(event);
    if (m_emit->problem().isEmpty())
        m_emit->emitNow();
    else
        showPane(*m_emit);
}

void MainWindow::showShortcuts()
{
    (new ShortcutSheet(m_registry.actions(), m_timeline->actions(), this))->show();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_lastSession->save();
    m_runs->tabs().showLive(); // with all of its docks, as they are to be saved
    m_layout->save();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_drops->setGeometry(rect());
}

/// Qt makes a tab bar where docks share a place, and gives it no name for screen readers.
void MainWindow::childEvent(QChildEvent *event)
{
    QMainWindow::childEvent(event);
    const auto bar = qobject_cast<QTabBar *>(event->child());
    if (event->polished() && bar)
        bar->setAccessibleName(tr("Panes that share a place"));
}

} // namespace Fanfare
