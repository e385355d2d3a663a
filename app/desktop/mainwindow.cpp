// SPDX-License-Identifier: MIT
#include "mainwindow.h"

#include "appearance.h"
#include "droparea.h"
#include "enginesettings.h"
#include "notices.h"
#include "panes/detailspane.h"
#include "panes/emitpane.h"
#include "panes/logpane.h"
#include "panes/pluginpane.h"
#include "panes/shortcutsheet.h"
#include "panes/startpanel.h"
#include "panes/statusstrip.h"
#include "runs/rundesk.h"
#include "runs/runtabs.h"
#include "runs/shelfpane.h"
#include "scenarios/scenariopane.h"
#include "session.h"
#include "timeline/timelinewidget.h"

#include <QAction>
#include <QApplication>
#include <QChildEvent>
#include <QClipboard>
#include <QDockWidget>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(Session &session, QSettings &settings, const QString &runFolder)
    : m_session(session)
    , m_settings(settings)
    , m_actions(*this)
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
{
    resize(1440, 900);
    m_actions.createToolBar(*this);
    createCenter(runFolder);
    createDocks();
    statusBar()->addWidget(new StatusStrip(session, this), 1);
    connectActions();
    connectRun();
    connectTitle();
    connectPanes();
    connectDrops();
    refreshCenter();
    m_layout = std::make_unique<WindowLayout>(*this, settings);
    m_layout->restore();
}

MainWindow::~MainWindow() = default;

/// What a task bar tells of the window while something else is in front.
static QString titleText(const Session &session)
{
    switch (session.engineState()) {
    case EngineState::Starting:
    case EngineState::Restarting:
        return MainWindow::tr("Starting");
    case EngineState::Ready:
        return session.isBusy() ? MainWindow::tr("Live") : MainWindow::tr("Fanfare");
    case EngineState::Ended:
        break;
    }
    return MainWindow::tr("Engine stopped");
}

void MainWindow::connectTitle()
{
    const auto refresh = [this] { setWindowTitle(titleText(m_session)); };
    connect(&m_session, &Session::engineStateChanged, this, refresh);
    connect(&m_session, &Session::busyChanged, this, refresh);
    refresh();
}

void MainWindow::createCenter(const QString &runFolder)
{
    m_center->addWidget(m_start);
    m_center->addWidget(m_timeline);
    m_runs = new RunDesk(m_session, m_settings, runFolder, m_center, *m_messages, *this);
    auto center = new QWidget(this);
    auto column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(&m_runs->tabs(), 1);
    setCentralWidget(center);
}

QDockWidget *MainWindow::addDock(Qt::DockWidgetArea area, const QString &name, const QString &title,
                                 QWidget *pane)
{
    auto dock = new QDockWidget(title, this);
    dock->setObjectName(name); // saved layouts know docks by it
    dock->setWidget(pane);
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::createDocks()
{
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    auto plugins = addDock(Qt::LeftDockWidgetArea, u"plugins"_s, tr("Plugins"), m_plugins);
    auto emitDock = addDock(Qt::LeftDockWidgetArea, u"emit"_s, tr("Emit"), m_emit);
    auto details = addDock(Qt::RightDockWidgetArea, u"details"_s, tr("Details"), m_details);
    auto log = addDock(Qt::BottomDockWidgetArea, u"log"_s, tr("Log"), m_log);
    QList<QAction *> switches{plugins->toggleViewAction(), emitDock->toggleViewAction(),
                              details->toggleViewAction(), log->toggleViewAction()};
    auto scenarios =
        addDock(Qt::LeftDockWidgetArea, u"scenarios"_s, tr("Scenarios"), &m_runs->scenarioPane());
    tabifyDockWidget(emitDock, scenarios);
    emitDock->raise();
    switches.append(scenarios->toggleViewAction());
    m_runs->setLiveDocks({details, log});
    if (m_runs->shelfPane()) {
        auto kept = addDock(Qt::BottomDockWidgetArea, u"runs"_s, tr("Runs"), m_runs->shelfPane());
        tabifyDockWidget(log, kept);
        log->raise();
        switches.append(kept->toggleViewAction());
    }
    resizeDocks({plugins, details}, {300, 320}, Qt::Horizontal);
    resizeDocks({plugins, emitDock}, {360, 440}, Qt::Vertical);
    resizeDocks({log}, {210}, Qt::Vertical);
    m_actions.createMenus(*this, switches);
    m_runs->addMenus();
}

void MainWindow::connectActions()
{
    connect(m_actions.playDemo, &QAction::triggered, this, &MainWindow::playDemo);
    connect(m_actions.emitEvent, &QAction::triggered, m_emit, &EmitPane::emitNow);
    connect(m_actions.stop, &QAction::triggered, &m_session, &Session::cancelAll);
    connect(m_actions.restartEngine, &QAction::triggered, &m_session, &Session::restartEngine);
    connect(m_actions.follow, &QAction::triggered, m_timeline, &TimelineWidget::setFollowing);
    connect(m_actions.fit, &QAction::triggered, this, [this] { timelineInFront().fitAll(); });
    connect(m_actions.zoomIn, &QAction::triggered, this, [this] { timelineInFront().zoomBy(1.5); });
    connect(m_actions.zoomOut, &QAction::triggered, this,
            [this] { timelineInFront().zoomBy(1 / 1.5); });
    connect(m_actions.clear, &QAction::triggered, this, [this] {
        showTask({});
        m_session.model().clear();
    });
    connect(m_actions.copyDetails, &QAction::triggered, this,
            [this] { QApplication::clipboard()->setText(m_details->plainText()); });
    connect(m_actions.resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(m_actions.openPluginFolder, &QAction::triggered, m_notices, &Notices::openPluginFolder);
    connect(m_actions.showShortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
    connect(m_actions.about, &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_actions.aboutQt, &QAction::triggered, qApp, &QApplication::aboutQt);
    connect(m_actions.quit, &QAction::triggered, this, &MainWindow::close);
}

TimelineWidget &MainWindow::timelineInFront() const
{
    return m_runs->tabs().timelineInFront(*m_timeline);
}

void MainWindow::connectRun()
{
    RunModel &run = m_session.model();
    connect(&run, &RunModel::changed, this, &MainWindow::refreshCenter);
    connect(m_timeline, &TimelineWidget::followingChanged, m_actions.follow, &QAction::setChecked);
    m_actions.follow->setChecked(m_timeline->isFollowing());
    connect(m_emit, &EmitPane::emitRequested, &m_session, &Session::emitEvent);
    connect(m_emit, &EmitPane::workersChosen, &m_session, &Session::setWorkers);
    connect(m_emit, &EmitPane::executorChosen, this, [this](ExecutorKind executor) {
        saveExecutor(m_settings, executor);
        m_session.setExecutor(executor);
    });
    connect(m_emit, &EmitPane::readyChanged, m_actions.emitEvent, &QAction::setEnabled);
    m_actions.emitEvent->setEnabled(m_emit->problem().isEmpty());
    m_emit->setWorkers(m_session.workers());
    m_emit->setExecutor(m_session.options().executor);
    m_notices->watch(m_demo);
}

void MainWindow::connectPanes()
{
    connect(m_timeline, &TimelineWidget::taskSelected, this, &MainWindow::showTask);
    connect(m_details, &DetailsPane::taskChosen, this, &MainWindow::revealTask);
    connect(m_log, &LogPane::taskChosen, this, &MainWindow::revealTask);
    connect(m_plugins, &PluginPane::eventChosen, m_emit, &EmitPane::chooseEvent);
    connect(m_plugins, &PluginPane::emitWanted, this, [this](const QString &event) {
        m_emit->chooseEvent(event);
        m_emit->emitNow();
    });
    connect(m_plugins, &PluginPane::anotherTryWanted, &m_session, &Session::tryPluginAgain);
    connect(m_plugins, &PluginPane::folderWanted, m_notices, &Notices::openPluginFolder);
    connect(m_start, &StartPanel::demoWanted, this, &MainWindow::playDemo);
    connect(m_start, &StartPanel::emitWanted, this, &MainWindow::showEmitPane);
    connect(m_start, &StartPanel::folderWanted, m_notices, &Notices::openPluginFolder);
}

void MainWindow::connectDrops()
{
    connect(m_drops, &DropArea::filesDropped, this,
            [this](const QStringList &files) { m_session.emitEvent(filesCommand(files)); });
    connect(m_drops, &DropArea::runsDropped, m_runs, &RunDesk::openRuns);
    m_notices->watch(*m_drops);
}

void MainWindow::refreshCenter()
{
    const RunModel &run = m_session.model();
    const bool isEmpty = run.spanCount() == 0 && run.live().running.empty()
        && run.live().queuedCount == 0 && run.marks().empty();
    m_center->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_start) : m_timeline);
}

void MainWindow::playDemo()
{
    m_demo.play();
}

void MainWindow::resetLayout()
{
    m_layout->reset();
}

void MainWindow::selectExample()
{
    const RunModel &run = m_session.model();
    for (size_t i = 0; i < run.spanCount(); ++i) {
        const TaskId task = run.span(i).record.task;
        if (run.tasksOf(task.emission).size() > 1)
            return showTask(task);
    }
}

void MainWindow::showTask(std::optional<TaskId> task)
{
    m_timeline->select(task);
    m_details->showTask(task);
}

void MainWindow::revealTask(TaskId task)
{
    showTask(task);
    m_timeline->reveal(task);
}

void MainWindow::showEmitPane()
{
    auto dock = qobject_cast<QDockWidget *>(m_emit->parentWidget());
    dock->show();
    dock->raise();
    m_emit->setFocus();
}

void MainWindow::showShortcuts()
{
    (new ShortcutSheet(actions(), this))->show();
}

void MainWindow::showAbout()
{
    auto box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Fanfare"));
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setText(tr("<h3>Fanfare %1</h3><p>Emit events, run handlers on threads or processes, "
                    "watch every one of them.</p><p>MIT license</p>")
                     .arg(QStringLiteral(FANFARE_VERSION)));
    box->open();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
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
