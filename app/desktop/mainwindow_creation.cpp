// SPDX-License-Identifier: MIT
// What the window is made of.
#include "mainwindow.h"

#include "appearance.h"
#include "droparea.h"
#include "emissioncontrol.h"
#include "favoritebuttons.h"
#include "lastsession.h"
#include "layoutchoice.h"
#include "linkdesk.h"
#include "notices.h"
#include "palette/commandpalette.h"
#include "palette/palettesources.h"
#include "panes/detailspane.h"
#include "panes/emitpane.h"
#include "panes/historypane.h"
#include "panes/logpane.h"
#include "panes/markedtimes.h"
#include "panes/messagearea.h"
#include "panes/pluginpane.h"
#include "panes/startpanel.h"
#include "preferencecontrol.h"
#include "runs/rundesk.h"
#include "runs/runtabs.h"
#include "runs/runtext.h"
#include "runs/shelfpane.h"
#include "scenarios/scenariopane.h"
#include "session.h"
#include "shortcutexport.h"
#include "timeline/timelinepane.h"
#include "timeline/timelinewidget.h"

#include <QAction>
#include <QDockWidget>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

namespace Fanfare {

using namespace Qt::StringLiterals;

void MainWindow::createCenter(const QString &runFolder)
{
    m_center->addWidget(m_start);
    m_center->addWidget(new TimelinePane(m_timeline, this));
    m_runs = new RunDesk(m_session, m_settings, runFolder, m_center, *m_messages, *this);
    m_runs->keepEdits(*m_timeline, m_session.model());
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
    QAction *toggle = dock->toggleViewAction();
    m_registry.adopt(
        *toggle,
        {.id = u"view.pane."_s + name,
         .menu = ActionMenu::View,
         .text = title,
         .tip = {},
         .keys = name == u"details"_s ? QList{QKeySequence(Qt::Key_F9)} : QList<QKeySequence>(),
         .submenu = tr("Panes"),
         .isSwitch = true});
    toggle->setText(tr("%1 pane").arg(title));
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
    auto history = addDock(Qt::RightDockWidgetArea, u"history"_s, tr("History"), m_history);
    auto scenarios =
        addDock(Qt::LeftDockWidgetArea, u"scenarios"_s, tr("Scenarios"), &m_runs->scenarioPane());
    tabifyDockWidget(emitDock, scenarios);
    emitDock->raise();
    m_runs->setLiveDocks({details, log, history});
    if (m_runs->shelfPane()) {
        auto kept = addDock(Qt::BottomDockWidgetArea, u"runs"_s, tr("Runs"), m_runs->shelfPane());
        tabifyDockWidget(log, kept);
        log->raise();
    }
    resizeDocks({plugins, details}, {350, 340}, Qt::Horizontal);
    resizeDocks({details, history}, {600, 200}, Qt::Vertical);
    resizeDocks({plugins, emitDock}, {360, 440}, Qt::Vertical);
    resizeDocks({log}, {210}, Qt::Vertical);
}

void MainWindow::createUndo()
{
    const auto adopt = [this](QAction *action, const QString &id, const QString &icon,
                              const QList<QKeySequence> &keys) {
        action->setIcon(symbolIcon(icon));
        m_registry.adopt(
            *action,
            {.id = id, .menu = ActionMenu::Edit, .text = {}, .tip = {}, .keys = keys, .rank = -1});
    };
    adopt(m_undo.createUndoAction(this, tr("Undo")), u"edit.undo"_s, u"undo"_s,
          {QKeySequence(u"Ctrl+Z"_s)});
    adopt(m_undo.createRedoAction(this, tr("Redo")), u"edit.redo"_s, u"redo"_s,
          {QKeySequence(u"Ctrl+Shift+Z"_s), QKeySequence(u"Ctrl+Y"_s)}); // as in the timeline
}

void MainWindow::createEmissions()
{
    m_emissions = new EmissionControl(m_session, m_settings, m_registry, m_undo,
                                      {*m_emit, *m_history, *m_start}, this);
    new FavoriteButtons(m_emissions->favorites(), *findChild<QToolBar *>(u"toolBar"_s), u"space"_s);
    connect(m_emissions, &EmissionControl::emissionWanted, this, &MainWindow::revealEmission);
    connect(m_emissions, &EmissionControl::emitPaneWanted, this, [this] { showPane(*m_emit); });
    connect(m_notices, &Notices::processesWanted, m_emissions,
            [this] { m_emissions->chooseExecutor(ExecutorKind::Processes); });
    connect(m_emissions, &EmissionControl::told, this,
            [this](const QString &sentence) { statusBar()->showMessage(sentence, 4000); });
    connect(m_actions.openScenario, &QAction::triggered, m_emissions,
            &EmissionControl::askForScenario);
    connect(m_actions.emitEvent, &QAction::triggered, m_emit, &EmitPane::emitNow);
    connect(m_emit, &EmitPane::readyChanged, m_actions.emitEvent, &QAction::setEnabled);
    m_actions.emitEvent->setEnabled(m_emit->problem().isEmpty());
}

void MainWindow::createPreferences()
{
    m_preferenceControl = new PreferenceControl(
        *m_preferences, m_settings, {m_session, *m_emissions, *m_runs}, m_registry, *this);
}

static constexpr QLatin1StringView logRulesKey("log/rules");

/// Which lines of the log stand out is kept for the next time.
void MainWindow::createLogRules()
{
    m_log->setRules(logRulesFrom(m_settings.value(logRulesKey).toByteArray()));
    connect(m_log, &LogPane::rulesChanged, this, [this](const QList<LogRule> &rules) {
        m_settings.setValue(logRulesKey, toJson(rules));
    });
    m_preferences->addPart({u"logRules"_s, [this] { return toJsonArray(m_log->rules()); },
                            [](const QJsonValue &value) -> Result<void> {
                                const Result<QList<LogRule>> rules = readLogRules(value);
                                return rules ? Result<void>() : Result<void>(rules.error());
                            },
                            [this](const QJsonValue &value) {
                                const QList<LogRule> rules = *readLogRules(value);
                                m_log->setRules(rules);
                                m_settings.setValue(logRulesKey, toJson(rules));
                            }});
    m_preferences->addPart(shortcutPart(m_shortcuts));
}

void MainWindow::createLayouts()
{
    m_layout = std::make_unique<WindowLayout>(*this, m_settings);
    m_layout->remember(u"plugins"_s, m_plugins->columns());
    new LayoutChoice(*this, *m_layout, m_registry, m_undo);
}

void MainWindow::createPalette()
{
    const RunModel &run = m_session.model();
    const PaletteVerbs verbs{
        [this](const QString &event) { emitWithDefaults(event); },
        [this](const QString &event) { chooseEvent(event); },
        [this](TaskId task) { revealTask(task); },
    };
    m_palette->addSource([this] { return actionItems(m_registry); });
    m_palette->addSource([this] { return timelineItems(timelineInFront()); });
    m_palette->addSource([this] { return bookmarkItems(timelineInFront()); });
    m_palette->addSource([&run, verbs] { return eventItems(run, verbs); });
    m_palette->addSource([&run, verbs] { return handlerItems(run, verbs); });
    m_palette->addSource([this] { return m_preferenceControl->paletteItems(); });
    m_palette->addSource([this] {
        return runItems(m_runs->kept(), [this](const QString &path) { m_runs->openRuns({path}); });
    });
    m_palette->addSource([this] {
        const QString front = m_runs->pathInFront();
        return comparisonItems(m_runs->kept(), front, [this, front](const QString &path) {
            m_runs->compare({front}, {path});
        });
    });
    connect(m_runs, &RunDesk::choiceWanted, this, &MainWindow::chooseComparison);
    m_palette->setReader([this, &run, verbs](const QString &text) {
        const auto open = [this](const QString &link) { m_links->open(link); };
        return isRunLink(text) ? linkItem(text, open) : emissionItem(run, verbs, text);
    });
    connect(m_actions.showPalette, &QAction::triggered, m_palette, [this] { m_palette->open(); });
    connect(m_actions.goTo, &QAction::triggered, m_palette, [this] { m_palette->open(u"@"_s); });
}

void MainWindow::chooseComparison()
{
    const QString front = m_runs->pathInFront();
    if (!comparisonItems(m_runs->kept(), front, {}).isEmpty()) {
        m_palette->open(tr("Compare with run"));
        return;
    }
    const QString sentence = front.isEmpty()
        ? tr("There is no run to compare: emit something, or open a run.")
        : tr("There is no other run to compare with: the pane Runs lists what was kept.");
    m_messages->showMessage({u"compare with"_s, Accent::Neutral, sentence, {}, {}});
}

void MainWindow::createLinks()
{
    m_links = new LinkDesk(m_session, *m_runs, m_runs->keeper(), m_runs->folder(), this);
    connect(m_links, &LinkDesk::liveWanted, &m_runs->tabs(), &RunTabs::showLive);
    connect(m_links, &LinkDesk::taskWanted, this, &MainWindow::revealTask);
    connect(m_links, &LinkDesk::told, this, [this](const QString &sentence) {
        m_messages->showMessage({u"link"_s, Accent::Caution, sentence, {}, {}});
    });
    connect(m_timeline, &TimelineWidget::areaChanged, m_log,
            [this] { m_log->markTimes(markedTimes(*m_timeline)); });
    connect(m_timeline, &TimelineWidget::linkWanted, this, &MainWindow::copyLink);
    connect(m_actions.openLink, &QAction::triggered, this, &MainWindow::askForLink);
}

/// What an engine writes at the moment is no run to go back to yet.
void MainWindow::connectKeptRuns()
{
    connect(
        m_drops, &DropArea::comparisonDropped, m_runs,
        [this](const QString &left, const QString &right) { m_runs->compare({left}, {right}); });
    m_lastSession = new LastSession(*m_runs, *m_timeline, m_registry, m_settings, this);
    m_start->offerSession(m_lastSession->isThere());
    connect(m_start, &StartPanel::sessionWanted, m_lastSession, &LastSession::reopen);
    connect(m_lastSession, &LastSession::told, this, [this](const QString &sentence) {
        m_messages->showMessage({u"last session"_s, Accent::Caution, sentence, {}, {}});
    });
    connect(m_start, &StartPanel::runWanted, this,
            [this](const QString &path) { m_runs->openRuns({path}); });
    connect(m_runs, &RunDesk::keptChanged, this, [this] {
        QList<StartPanel::Run> runs;
        for (const LibraryEntry &run : m_runs->kept()) {
            if (run.isEnded)
                runs.append({run.path, RunText::title(run)});
        }
        m_start->setRuns(runs);
    });
}

} // namespace Fanfare
