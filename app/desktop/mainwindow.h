// SPDX-License-Identifier: MIT
#pragma once

#include "actions.h"
#include "demo.h"
#include "panes/messagearea.h"
#include "windowlayout.h"

#include <fanfare/base/ids.h>
#include <fanfare/engine/engineoptions.h>

#include <QMainWindow>

#include <memory>
#include <optional>

class QStackedWidget;

namespace Fanfare {

class DetailsPane;
class DropArea;
class EmitPane;
class LogPane;
class Notices;
class PluginPane;
class Session;
class StartPanel;
class TimelineWidget;

/// Arranges the panes in docks and connects the actions with them. It knows no facts of its own.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Session &session, QSettings &settings);
    ~MainWindow() override;

    void playDemo();
    void resetLayout();
    void tellOfSafeMode(); ///< foreign plugins are left alone
    void selectExample();  ///< the first finished task that has siblings, if there is any
    const TimelineWidget &timeline() const { return *m_timeline; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void createCenter();
    void createDocks();
    QDockWidget *addDock(Qt::DockWidgetArea area, const QString &name, const QString &title,
                         QWidget *pane);
    void connectActions();
    void connectRun();
    void connectTitle();
    void connectPanes();
    void connectDrops();
    void refreshCenter();
    void chooseExecutor(ExecutorKind executor);
    void showTask(std::optional<TaskId> task);
    void revealTask(TaskId task);
    void showEmitPane();
    void showShortcuts();
    void showAbout();

    Session &m_session;
    QSettings &m_settings;
    Actions m_actions;
    Demo m_demo;
    TimelineWidget *m_timeline;
    StartPanel *m_start;
    QStackedWidget *m_center;
    MessageArea *m_messages;
    Notices *m_notices;
    DropArea *m_drops;
    PluginPane *m_plugins;
    EmitPane *m_emit;
    DetailsPane *m_details;
    LogPane *m_log;
    std::unique_ptr<WindowLayout> m_layout;
};

} // namespace Fanfare
