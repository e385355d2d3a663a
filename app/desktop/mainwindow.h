// SPDX-License-Identifier: MIT
#pragma once

#include "actions.h"
#include "demo.h"
#include "panes/messagearea.h"
#include "windowlayout.h"

#include <fanfare/base/ids.h>

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
class RunDesk;
class Session;
class StartPanel;
class TimelineWidget;

/// Arranges the panes in docks and connects the actions with them. It knows no facts of its own.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// Runs are kept in \a runFolder; when it is empty, nothing is.
    MainWindow(Session &session, QSettings &settings, const QString &runFolder = {});
    ~MainWindow() override;

    void playDemo();
    void resetLayout();
    void selectExample(); ///< the first finished task that has siblings, if there is any
    const TimelineWidget &timeline() const { return *m_timeline; }
    RunDesk &runs() const { return *m_runs; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void childEvent(QChildEvent *event) override;

private:
    void createCenter(const QString &runFolder);
    void createDocks();
    QDockWidget *addDock(Qt::DockWidgetArea area, const QString &name, const QString &title,
                         QWidget *pane);
    TimelineWidget &timelineInFront() const; ///< that of a kept run, or the live one
    void connectActions();
    void connectRun();
    void connectTitle();
    void connectPanes();
    void connectDrops();
    void refreshCenter();
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
    RunDesk *m_runs = nullptr;
    std::unique_ptr<WindowLayout> m_layout;
};

} // namespace Fanfare
