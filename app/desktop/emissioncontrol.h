// SPDX-License-Identifier: MIT
#pragma once

#include "emitrepeater.h"
#include "favorites.h"
#include "quiettime.h"
#include "recentfiles.h"
#include "scenarioplayer.h"

#include <fanfare/engine/engineoptions.h>

namespace Fanfare {

class EmitPane;
class HistoryPane;
class StartPanel;

/// Where emissions are asked for and listed. Borrowed.
struct EmissionPanes
{
    EmitPane &composing;
    HistoryPane &history;
    StartPanel &start;
};

/// Carries what is asked for in the panes to the session: single emissions, repeated ones,
/// favorites, scenarios, and on what they run; and keeps the history of it.
///
/// Threads: [gui].
class EmissionControl final : public QObject
{
    Q_OBJECT

public:
    EmissionControl(Session &session, QSettings &settings, ActionRegistry &registry,
                    QUndoStack &undo, const EmissionPanes &panes, QObject *parent = nullptr);

    Favorites &favorites() { return m_favorites; }

    void askForScenario();                       ///< and play it
    void chooseExecutor(ExecutorKind executor);  ///< asks for a broker when it needs one
    void askForBroker();                         ///< and run on its cluster
    void chooseWorkers(int workers);             ///< 0: one per core
    void cancel(const EmissionRange &emissions); ///< says so when none of them is open

Q_SIGNALS:
    void emissionWanted(Fanfare::EmissionId emission); ///< to be shown
    void emitPaneWanted();
    void told(const QString &sentence); ///< something was done that cannot be seen

private:
    void connectEmitting();
    void connectHistory();
    void connectScenarios();
    void addActions(ActionRegistry &registry);
    void copyShellCommand(const EmitCommand &command);

    Session &m_session;
    QSettings &m_settings;
    QUndoStack &m_undo;
    EmitPane &m_emit;
    HistoryPane &m_history;
    StartPanel &m_start;
    Favorites m_favorites;
    RecentFiles m_recent;
    EmitRepeater m_repeater;
    ScenarioPlayer m_scenarios;
    QuietTime m_quiet; ///< before each entry of the history
};

} // namespace Fanfare
