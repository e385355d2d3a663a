// SPDX-License-Identifier: MIT
#pragma once

#include "actionregistry.h"
#include "actions.h"
#include "appearance.h"
#include "demo.h"
#include "panes/messagearea.h"
#include "shortcutsettings.h"
#include "windowlayout.h"

#include <fanfare/base/ids.h>
#include <fanfare/engine/engineoptions.h>

#include <QMainWindow>
#include <QUndoStack>

#include <memory>
#include <optional>

class QStackedWidget;

namespace Fanfare {

class CommandPalette;
class DetailsPane;
class DropArea;
class EmissionControl;
class EmitPane;
class HistoryPane;
class LastSession;
class LinkDesk;
class LogPane;
class Notices;
class PluginPane;
class PreferenceControl;
class Preferences;
class RunDesk;
class Session;
class StartPanel;
class TimelineWidget;

/// Arranges the panes in docks and connects the actions with them. It knows no facts of its own.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// Runs are kept in \a runFolder; when it is empty, nothing is. \a shown: the colors the
    /// application has already.
    MainWindow(Session &session, QSettings &settings, const QString &runFolder = {},
               ColorScheme shown = ColorScheme::System);
    ~MainWindow() override;

    void playDemo();
    void resetLayout();
    void tellOfSafeMode();                      ///< foreign plugins are left alone
    void openThings(const QStringList &things); ///< runs and traces, and links to tasks
    void comeToFront();
    void selectExample(); ///< the first finished task that has siblings, else the first that failed
    const TimelineWidget &timeline() const { return *m_timeline; }
    RunDesk &runs() const { return *m_runs; }

    /// Where parts of the window add what they can be asked for.
    ActionRegistry &registry() { return m_registry; }
    QUndoStack &undoStack() { return m_undo; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void childEvent(QChildEvent *event) override;

private:
    void createCenter(const QString &runFolder);
    void createDocks();
    QDockWidget *addDock(Qt::DockWidgetArea area, const QString &name, const QString &title,
                         QWidget *pane);
    void createUndo();
    void createEmissions();
    void createPreferences();
    void createLogRules();
    void createLayouts();
    void createPalette();
    void chooseComparison();
    void createLinks();
    TimelineWidget &timelineInFront() const; ///< that of a kept run, or the live one
    void connectActions();
    void connectViewActions();
    void connectRun();
    void connectTitle();
    void connectPanes();
    void connectDrops();
    void connectKeptRuns();
    void clearRun();
    void connectDetails(DetailsPane &details);
    void openDetails();
    void cancelSelected();
    void setPolicy(const PolicyTarget &target, const PolicyPart &part, const PolicyPart &before);
    void copyLink(TaskId task);
    void askForLink();
    void refreshCenter();
    void showTask(std::optional<TaskId> task);
    void revealTask(TaskId task);
    void revealEmission(EmissionId emission);
    void showPane(QWidget &pane);
    void chooseEvent(const QString &event);
    void emitWithDefaults(const QString &event);
    void showShortcuts();

    Session &m_session;
    QSettings &m_settings;
    ActionRegistry m_registry;
    QUndoStack m_undo;
    Actions m_actions;
    ShortcutSettings m_shortcuts;
    Preferences *m_preferences;
    PreferenceControl *m_preferenceControl = nullptr;
    Demo m_demo;
    TimelineWidget *m_timeline;
    StartPanel *m_start;
    QStackedWidget *m_center;
    MessageArea *m_messages;
    Notices *m_notices;
    DropArea *m_drops;
    PluginPane *m_plugins;
    EmitPane *m_emit;
    EmissionControl *m_emissions = nullptr;
    DetailsPane *m_details;
    LogPane *m_log;
    RunDesk *m_runs = nullptr;
    HistoryPane *m_history;
    LinkDesk *m_links = nullptr;
    LastSession *m_lastSession = nullptr;
    CommandPalette *m_palette;
    std::unique_ptr<WindowLayout> m_layout;
};

} // namespace Fanfare
