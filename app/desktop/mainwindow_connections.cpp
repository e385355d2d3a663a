// SPDX-License-Identifier: MIT
// What of the window hears what else.
#include "mainwindow.h"

#include "droparea.h"
#include "emissioncontrol.h"
#include "installundo.h"
#include "models/runmodel.h"
#include "notices.h"
#include "panes/detailsource.h"
#include "panes/detailspane.h"
#include "panes/emitpane.h"
#include "panes/historypane.h"
#include "panes/logpane.h"
#include "panes/pluginpane.h"
#include "panes/shortcuteditor.h"
#include "panes/startpanel.h"
#include "pluginremover.h"
#include "runs/rundesk.h"
#include "session.h"
#include "timeline/timelinewidget.h"
#include "undostep.h"
#include "windowtexts.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>

namespace Fanfare {

void MainWindow::connectTitle()
{
    const auto refresh = [this] { setWindowTitle(windowTitleOf(m_session)); };
    connect(&m_session, &Session::engineStateChanged, this, refresh);
    connect(&m_session, &Session::busyChanged, this, refresh);
    refresh();
}

void MainWindow::connectActions()
{
    connectViewActions();
    connect(m_actions.playDemo, &QAction::triggered, this, &MainWindow::playDemo);
    connect(m_actions.stop, &QAction::triggered, &m_session, &Session::cancelAll);
    connect(m_actions.cancelEmission, &QAction::triggered, this, &MainWindow::cancelSelected);
    connect(m_actions.restartEngine, &QAction::triggered, &m_session, &Session::restartEngine);
    connect(m_actions.clear, &QAction::triggered, this, &MainWindow::clearRun);
    connect(m_actions.copyDetails, &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(m_details->plainText()); });
    connect(m_actions.copyDetailsAsJson, &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(m_details->json()); });
    connect(m_actions.openDetails, &QAction::triggered, this, &MainWindow::openDetails);
    connect(m_actions.openPluginFolder, &QAction::triggered, m_notices, &Notices::openPluginFolder);
    connect(m_actions.showShortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
    connect(m_actions.editShortcuts, &QAction::triggered, this,
            [this] { (new ShortcutEditor(m_shortcuts, this))->show(); });
    connect(m_actions.about, &QAction::triggered, this, [this] { showAbout(*this); });
    connect(m_actions.firstHandler, &QAction::triggered, this, [this] { showFirstHandler(*this); });
    connect(m_actions.aboutQt, &QAction::triggered, qApp, &QApplication::aboutQt);
    connect(m_actions.quit, &QAction::triggered, this, &MainWindow::close);
}

void MainWindow::connectDetails(DetailsPane &details)
{
    connect(&details, &DetailsPane::taskChosen, this, &MainWindow::revealTask);
    connect(&details, &DetailsPane::cancelWanted, m_emissions, [this](EmissionId emission) {
        m_emissions->cancel({emission, 1});
    });
    connect(&details, &DetailsPane::linkWanted, this, &MainWindow::copyLink);
    connect(&details, &DetailsPane::linesWanted, this, [this](TaskId task) {
        showPane(*m_log);
        m_log->showTask(task);
    });
}

void MainWindow::connectViewActions()
{
    connect(m_actions.follow, &QAction::triggered, m_timeline, &TimelineWidget::setFollowing);
    connect(m_actions.fit, &QAction::triggered, this, [this] { timelineInFront().fitAll(); });
    connect(m_actions.zoomIn, &QAction::triggered, this, [this] { timelineInFront().zoomBy(1.5); });
    connect(m_actions.zoomOut, &QAction::triggered, this,
            [this] { timelineInFront().zoomBy(1 / 1.5); });
}

void MainWindow::connectRun()
{
    RunModel &run = m_session.model();
    connect(&run, &RunModel::changed, this, &MainWindow::refreshCenter);
    connect(m_timeline, &TimelineWidget::followingChanged, m_actions.follow, &QAction::setChecked);
    m_actions.follow->setChecked(m_timeline->isFollowing());
    m_notices->watch(m_demo);
}

void MainWindow::connectPanes()
{
    showSelectionOf(*m_timeline, *m_details);
    connect(m_timeline, &TimelineWidget::taskSelected, m_log, &LogPane::markTask);
    connect(m_timeline, &TimelineWidget::detailsWanted, this, [this] { showPane(*m_details); });
    connect(m_timeline, &TimelineWidget::emissionHovered, m_log, &LogPane::hoverEmission);
    connect(m_timeline, &TimelineWidget::emissionHovered, &m_history->model(),
            &EmissionHistory::setHovered);
    connectDetails(*m_details);
    connect(m_log, &LogPane::taskChosen, this, &MainWindow::revealTask);
    connect(m_log, &LogPane::emitWanted, this, [this] { showPane(*m_emit); });
    connect(m_plugins, &PluginPane::eventChosen, m_emit, &EmitPane::chooseEvent);
    connect(m_plugins, &PluginPane::emitWanted, this, &MainWindow::emitWithDefaults);
    connect(m_plugins, &PluginPane::anotherTryWanted, &m_session, &Session::tryPluginAgain);
    connect(m_plugins, &PluginPane::liftWanted, &m_session, &Session::liftQuarantine);
    connect(m_plugins, &PluginPane::policyDecided, this, &MainWindow::setPolicy);
    connect(m_plugins, &PluginPane::uninstallWanted,
            new PluginRemover(m_session, *m_messages, m_undo, this), &PluginRemover::remove);
    connect(m_plugins, &PluginPane::rescanWanted, &m_session, &Session::rescanPlugins);
    connect(m_plugins, &PluginPane::folderWanted, m_notices, &Notices::openPluginFolder);
    connect(m_plugins, &PluginPane::firstHandlerWanted, m_actions.firstHandler, &QAction::trigger);
    connect(m_start, &StartPanel::demoWanted, this, &MainWindow::playDemo);
    connect(m_start, &StartPanel::emitWanted, this, [this] { showPane(*m_emit); });
    connect(m_start, &StartPanel::folderWanted, m_notices, &Notices::openPluginFolder);
}

void MainWindow::connectDrops()
{
    connect(m_drops, &DropArea::filesDropped, this,
            [this](const QStringList &files) { m_session.emitEvent(filesCommand(files)); });
    connect(m_drops, &DropArea::runsDropped, m_runs, &RunDesk::openRuns);
    m_notices->watch(*m_drops);
    connect(m_notices, &Notices::pluginsInstalled,
            new InstallUndo(m_session, *m_messages, m_undo, this), &InstallUndo::remember);
}

} // namespace Fanfare
