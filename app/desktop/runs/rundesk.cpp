// SPDX-License-Identifier: MIT
#include "rundesk.h"

#include "desktop/actionregistry.h"
#include "desktop/compare/comparepage.h"
#include "desktop/crashedruns.h"
#include "desktop/models/runmodel.h"
#include "desktop/panes/messagearea.h"
#include "desktop/scenarios/scenariofiles.h"
#include "desktop/scenarios/scenariopane.h"
#include "desktop/scenarios/sidelist.h"
#include "retentiondialog.h"
#include "runedits.h"
#include "runtabs.h"
#include "shelf.h"
#include "shelfpane.h"

#include <QAction>
#include <QDockWidget>
#include <QFileDialog>
#include <QMainWindow>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunDesk::RunDesk(Session &session, QSettings &settings, const QString &folder, QWidget *live,
                 MessageArea &messages, QMainWindow &window)
    : QObject(&window)
    , m_settings(settings)
    , m_folder(folder)
    , m_messages(messages)
    , m_window(window)
    , m_tabs(new RunTabs(live, &window))
{
    if (!m_folder.isEmpty()) {
        createShelf();
        keepRuns(session);
    }
    createScenarios(session);
}

RunDesk::~RunDesk() = default;

void RunDesk::keepRuns(Session &session)
{
    m_keeper = std::make_unique<RunKeeper>(session, m_folder);
    connect(m_keeper.get(), &RunKeeper::troubled, this,
            [this](const QString &sentence) { tellTrouble(u"run file"_s, sentence); });
    connect(m_keeper.get(), &RunKeeper::begun, this, [this](const QString &path) {
        m_livePath = path;
        m_messages.withdraw(u"run file"_s);
        m_shelf->refresh();
    });
    connect(m_keeper.get(), &RunKeeper::ended, this, [this] {
        m_livePath.clear();
        m_shelf->refresh();
    });
    m_crashed = std::make_unique<CrashedRuns>(*m_keeper, m_folder, m_messages);
    connect(m_crashed.get(), &CrashedRuns::openWanted, this,
            [this](const QString &path) { openRuns({path}); });
}

void RunDesk::keepEdits(TimelineWidget &timeline, RunModel &run)
{
    if (!m_keeper)
        return;
    connect(m_keeper.get(), &RunKeeper::begun, this, [this, &timeline](const QString &path) {
        m_edits = std::make_unique<RunEdits>(path, timeline);
        connect(m_edits.get(), &RunEdits::troubled, this,
                [this](const QString &sentence) { tellTrouble(u"notes"_s, sentence); });
    });
    connect(m_keeper.get(), &RunKeeper::ended, this, [this] { m_edits.reset(); });
    connect(&run, &RunModel::cleared, this, [this] { m_edits.reset(); }); // the notes go with it
}

void RunDesk::createShelf()
{
    m_shelf = std::make_unique<Shelf>(m_folder);
    m_pane = new ShelfPane(*m_shelf, &m_window);
    connect(m_shelf.get(), &Shelf::troubled, this,
            [this](const QString &sentence) { tellTrouble(u"run library"_s, sentence); });
    connect(m_shelf.get(), &Shelf::changed, this, &RunDesk::keptChanged);
    connect(m_shelf.get(), &Shelf::removed, this, &RunDesk::offerUndo);
    connect(m_shelf.get(), &Shelf::surplusRemoved, this, &RunDesk::offerToKeep);
    connect(m_pane, &ShelfPane::openWanted, this, &RunDesk::openRuns);
    connect(m_pane, &ShelfPane::compareWanted, this, &RunDesk::compareSides);
    connect(m_pane, &ShelfPane::retentionWanted, this, &RunDesk::chooseRetention);
    m_shelf->setRetention(savedRetention(m_settings));
}

void RunDesk::createScenarios(Session &session)
{
    m_scenarios = new ScenarioPane(session, m_folder, userScenarioFolder(), &m_window);
    SideList &sides = m_scenarios->sideList();
    sides.setSides(savedSides(m_settings));
    connect(&sides, &SideList::changed, this,
            [this, &sides] { saveSides(m_settings, sides.sides()); });
    connect(m_scenarios, &ScenarioPane::compareWanted, this, &RunDesk::compareSides);
    connect(m_scenarios, &ScenarioPane::told, this,
            [this](const QString &sentence) { tellTrouble(u"scenario"_s, sentence); });
    if (m_shelf)
        connect(m_scenarios, &ScenarioPane::runsChanged, m_shelf.get(), &Shelf::refresh);
    if (m_keeper) {
        connect(m_scenarios, &ScenarioPane::playedHere, m_keeper.get(), &RunKeeper::noteSpeed);
    }
}

void RunDesk::setRetention(const Retention &retention)
{
    if (m_shelf)
        m_shelf->setRetention(retention);
}

void RunDesk::chooseRetention()
{
    auto dialog = new RetentionDialog(savedRetention(m_settings), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        saveRetention(m_settings, dialog->retention());
        m_shelf->setRetention(dialog->retention());
    });
    dialog->open();
}

void RunDesk::offerUndo(const QStringList &files)
{
    const QString text = files.size() == 1 ? tr("The run was deleted.")
                                           : tr("%L1 runs were deleted.").arg(files.size());
    m_messages.showMessage({u"deleted runs"_s, Accent::Neutral, text, tr("Undo"),
                            [this, files] { m_shelf->restore(files); }});
}

void RunDesk::offerToKeep(const QStringList &files)
{
    const QString text = files.size() == 1
        ? tr("A run is beyond what is kept, and was deleted.")
        : tr("%L1 runs are beyond what is kept, and were deleted.").arg(files.size());
    m_messages.showMessage({u"deleted runs"_s, Accent::Neutral, text, tr("Keep and pin"),
                            [this, files] { m_shelf->keepAnyway(files); }});
}

ComparePage *RunDesk::compare(const QStringList &left, const QStringList &right)
{
    return compareSides({left, right});
}

ComparePage *RunDesk::compareSides(const QList<QStringList> &sides)
{
    QStringList names;
    for (const QStringList &side : sides)
        names.append(side.join(u", "_s));
    const auto library = [this] { return kept(); };
    auto page = m_tabs->addPage(new ComparePage(sides, library, m_tabs), tr("Comparison"),
                                names.join(u'\n'));
    connect(page, &ComparePage::openWanted, this, &RunDesk::openRuns);
    connect(page, &ComparePage::told, this, [this](const QString &sentence) {
        m_messages.showMessage({u"comparison"_s, Accent::Neutral, sentence, {}, {}});
    });
    return page;
}

void RunDesk::addActions(ActionRegistry &registry)
{
    QAction *open = registry.add({.id = u"file.openRun"_s,
                                  .menu = ActionMenu::File,
                                  .text = tr("Open run…"),
                                  .tip = tr("Show a run that was kept, or any Chrome trace"),
                                  .icon = u"folder"_s,
                                  .keys = {QKeySequence(u"Ctrl+O"_s)},
                                  .rank = -1});
    connect(open, &QAction::triggered, this, &RunDesk::chooseRun);
    QAction *compare =
        registry.add({.id = u"file.compareWith"_s,
                      .menu = ActionMenu::File,
                      .text = tr("Compare with…"),
                      .tip = tr("Choose the run that the one in front is compared with"),
                      .icon = u"compare"_s,
                      .keys = {QKeySequence(u"Ctrl+D"_s)},
                      .rank = -1});
    connect(compare, &QAction::triggered, this, &RunDesk::choiceWanted);
    addScenarioActions(registry);
}

void RunDesk::addScenarioActions(ActionRegistry &registry)
{
    QAction *play = registry.add({.id = u"run.playScenario"_s,
                                  .menu = ActionMenu::Run,
                                  .text = tr("Play the scenario"),
                                  .tip = tr("Make the emissions of the scenario in this window"),
                                  .keys = {QKeySequence(u"Ctrl+R"_s)},
                                  .startsGroup = true});
    QAction *both =
        registry.add({.id = u"run.compareScenario"_s,
                      .menu = ActionMenu::Run,
                      .text = tr("Compare the sides of the scenario"),
                      .tip = tr("Run it on threads and processes, or whatever sides are "
                                "chosen, in turn, and compare the runs"),
                      .keys = {QKeySequence(u"Ctrl+Shift+R"_s)}});
    connect(play, &QAction::triggered, m_scenarios, &ScenarioPane::playHere);
    connect(both, &QAction::triggered, m_scenarios, &ScenarioPane::compare);
    for (QAction *action : {play, both})
        connect(action, &QAction::triggered, this, &RunDesk::showScenarios);
}

/// What goes on is told there.
void RunDesk::showScenarios()
{
    for (QWidget *each = m_scenarios; each; each = each->parentWidget()) {
        if (const auto dock = qobject_cast<QDockWidget *>(each)) {
            dock->show();
            dock->raise();
            return;
        }
    }
}

QString RunDesk::pathInFront() const
{
    const QString path = m_tabs->pathInFront();
    return path.isEmpty() ? m_livePath : path;
}

void RunDesk::setLiveDocks(QList<QDockWidget *> docks)
{
    m_liveDocks = std::move(docks);
    connect(m_tabs, &QTabWidget::currentChanged, this, &RunDesk::showTab);
}

/// What the user has hidden stays hidden.
void RunDesk::showTab(int index)
{
    if (index == 0) {
        for (QDockWidget *dock : std::exchange(m_hiddenDocks, {}))
            dock->show();
        return;
    }
    for (QDockWidget *dock : m_liveDocks) {
        if (dock->isHidden())
            continue;
        m_hiddenDocks.append(dock);
        dock->hide();
    }
}

void RunDesk::chooseRun()
{
    auto dialog = new QFileDialog(&m_window, tr("Open run"), m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Runs and traces (*.ffrun *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &RunDesk::openRuns);
    dialog->open();
}

std::vector<LibraryEntry> RunDesk::kept() const
{
    return m_shelf ? m_shelf->entries() : std::vector<LibraryEntry>();
}

void RunDesk::openRuns(const QStringList &paths)
{
    for (const QString &path : paths)
        m_tabs->openRun(path);
}

void RunDesk::tellTrouble(const QString &key, const QString &sentence)
{
    m_messages.showMessage({key, Accent::Caution, sentence, {}, {}});
}

} // namespace Fanfare
