// SPDX-License-Identifier: MIT
#include "emissioncontrol.h"

#include "actionregistry.h"
#include "commandtext.h"
#include "enginesettings.h"
#include "panes/brokerdialog.h"
#include "panes/emitpane.h"
#include "panes/historypane.h"
#include "panes/startpanel.h"
#include "session.h"
#include "undostep.h"

#include <fanfare/cluster/brokertransport.h>

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QUndoStack>

namespace Fanfare {

using namespace Qt::StringLiterals;

EmissionControl::EmissionControl(Session &session, QSettings &settings, ActionRegistry &registry,
                                 QUndoStack &undo, const EmissionPanes &panes, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_settings(settings)
    , m_undo(undo)
    , m_emit(panes.composing)
    , m_history(panes.history)
    , m_start(panes.start)
    , m_favorites(registry, settings, undo)
    , m_recent(registry, settings)
    , m_repeater(session)
    , m_scenarios(session)
    , m_quiet(session)
{
    connectEmitting();
    connectHistory();
    connectScenarios();
    addActions(registry);
}

void EmissionControl::addActions(ActionRegistry &registry)
{
    if (!hasBrokerTransport())
        return;
    QAction *action = registry.add({.id = u"run.broker"_s,
                                    .menu = ActionMenu::Run,
                                    .text = tr("Message Broker…"),
                                    .tip = tr("Where the broker of the cluster is"),
                                    .rank = 1});
    connect(action, &QAction::triggered, this, &EmissionControl::askForBroker);
}

void EmissionControl::connectEmitting()
{
    const auto tellRate = [this] {
        if (const std::optional<double> rate = m_session.wantedRate())
            m_emit.setWantedRate(*rate);
    };
    connect(&m_session, &Session::emitted, this, tellRate);
    connect(&m_session, &Session::commandEnded, this, tellRate);
    connect(&m_emit, &EmitPane::emitRequested, &m_session, &Session::emitEvent);
    connect(&m_emit, &EmitPane::repeatRequested, &m_repeater, &EmitRepeater::start);
    connect(&m_emit, &EmitPane::stopWanted, &m_session, &Session::cancelAll);
    connect(&m_emit, &EmitPane::favoriteWanted, &m_favorites, &Favorites::add);
    connect(&m_emit, &EmitPane::shellCommandWanted, this, &EmissionControl::copyShellCommand);
    connect(&m_emit, &EmitPane::workersChosen, this, &EmissionControl::chooseWorkers);
    connect(&m_emit, &EmitPane::executorChosen, this, &EmissionControl::chooseExecutor);
    m_emit.setWorkers(m_session.workers());
    m_emit.setExecutor(m_session.options().executor);
    connect(&m_favorites, &Favorites::emitWanted, &m_session, &Session::emitEvent);
}

void EmissionControl::connectHistory()
{
    connect(&m_session, &Session::emitted, this,
            [this](EmissionId first, const EmitCommand &command) {
                m_history.model().add(first, command, m_repeater.isContinuing(), m_quiet.take());
            });
    connect(&m_history, &HistoryPane::emissionChosen, this, &EmissionControl::emissionWanted);
    connect(&m_history, &HistoryPane::againWanted, &m_session, &Session::emitEvent);
    connect(&m_history, &HistoryPane::editWanted, this, [this](const EmitCommand &command) {
        m_emit.setCommand(command);
        Q_EMIT emitPaneWanted();
    });
    connect(&m_history, &HistoryPane::favoriteWanted, &m_favorites, &Favorites::add);
    connect(&m_history, &HistoryPane::shellCommandWanted, this, &EmissionControl::copyShellCommand);
    connect(&m_history, &HistoryPane::cancelWanted, this, &EmissionControl::cancel);
    m_history.setOpenCheck(
        [this](const EmissionRange &emissions) { return m_session.isOpen(emissions); });
    connect(&m_history, &HistoryPane::emitWanted, this, &EmissionControl::emitPaneWanted);
    connect(&m_history, &HistoryPane::saved, this, [this](const QString &path) {
        Q_EMIT told(tr("Saved. The same again: %1").arg(planCommand(path, m_session.options())));
    });
    connect(&m_history, &HistoryPane::saveFailed, &m_session, &Session::refused);
}

void EmissionControl::connectScenarios()
{
    connect(&m_scenarios, &ScenarioPlayer::started, &m_recent, &RecentFiles::add);
    connect(&m_scenarios, &ScenarioPlayer::refused, &m_session, &Session::refused);
    connect(&m_recent, &RecentFiles::openWanted, &m_scenarios, &ScenarioPlayer::play);
    connect(&m_start, &StartPanel::scenarioWanted, this, &EmissionControl::askForScenario);
    connect(&m_start, &StartPanel::recentWanted, &m_scenarios, &ScenarioPlayer::play);
    const auto refresh = [this] { m_start.setRecent(m_recent.paths()); };
    connect(&m_recent, &RecentFiles::changed, this, refresh);
    refresh();
}

void EmissionControl::askForScenario()
{
    auto dialog = new QFileDialog(&m_emit, tr("Play a scenario"), {}, tr("Scenarios (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_scenarios, &ScenarioPlayer::play);
    dialog->open();
}

void EmissionControl::cancel(const EmissionRange &emissions)
{
    const QString name = u'#' + QString::number(number(emissions.first));
    if (!m_session.isOpen(emissions))
        return Q_EMIT told(tr("All tasks of emission %1 have ended already.").arg(name));
    m_repeater.stopIfIn(emissions);
    m_session.cancel(emissions);
    Q_EMIT told(tr("Emission %1 is canceled.").arg(name));
}

void EmissionControl::copyShellCommand(const EmitCommand &command)
{
    QGuiApplication::clipboard()->setText(shellCommand(command, m_session.options()));
    Q_EMIT told(tr("The shell command is on the clipboard."));
}

/// Both ask for the same again when nothing is different, as a stopped engine starts then.
void EmissionControl::chooseExecutor(ExecutorKind executor)
{
    const ExecutorKind before = m_session.options().executor;
    if (executor == ExecutorKind::Cluster && m_session.options().broker.url.isEmpty()) {
        m_emit.setExecutor(before); // until there is a broker
        saveExecutor(m_settings, before);
        askForBroker();
        return;
    }
    const auto apply = [this](ExecutorKind kind) {
        saveExecutor(m_settings, kind);
        m_session.setExecutor(kind);
        m_emit.setExecutor(kind);
    };
    if (before == executor)
        return apply(executor);
    m_undo.push(new UndoStep(
        executor == ExecutorKind::Cluster         ? tr("run on a cluster")
            : executor == ExecutorKind::Processes ? tr("run on processes")
                                                  : tr("run on threads"),
        [apply, executor] { apply(executor); }, [apply, before] { apply(before); }));
}

void EmissionControl::askForBroker()
{
    auto dialog = new BrokerDialog(m_session.options().broker, &m_emit);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        saveBroker(m_settings, dialog->choice());
        m_session.setBroker(dialog->choice());
        chooseExecutor(ExecutorKind::Cluster);
    });
    dialog->open();
}

void EmissionControl::chooseWorkers(int workers)
{
    const int before = m_session.workers();
    const auto apply = [this](int count) {
        m_session.setWorkers(count);
        m_emit.setWorkers(count);
    };
    if (before != workers) {
        m_undo.push(new UndoStep(
            tr("change the number of workers"), [apply, workers] { apply(workers); },
            [apply, before] { apply(before); }));
    }
}

} // namespace Fanfare
