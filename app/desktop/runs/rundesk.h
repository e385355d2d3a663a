// SPDX-License-Identifier: MIT
#pragma once

#include "runkeeper.h"

#include <fanfare/library/libraryentry.h>

#include <QObject>

#include <memory>
#include <vector>

class QDockWidget;
class QMainWindow;
class QSettings;

namespace Fanfare {

class ActionRegistry;
class ComparePage;
class CrashedRuns;
class MessageArea;
class RunEdits;
class RunModel;
class RunTabs;
struct Retention;
class ScenarioPane;
class Shelf;
class ShelfPane;
class TimelineWidget;

/// All that the window does with runs, composed: keeps the live one in a file, lists what was kept,
/// opens runs and compares them.
///
/// Threads: [gui].
class RunDesk final : public QObject
{
    Q_OBJECT

public:
    /// \a live becomes the first tab. Runs are kept in \a folder; nothing is kept when it is empty.
    RunDesk(Session &session, QSettings &settings, const QString &folder, QWidget *live,
            MessageArea &messages, QMainWindow &window);
    ~RunDesk() override;

    RunTabs &tabs() const { return *m_tabs; }

    ScenarioPane &scenarioPane() const { return *m_scenarios; } ///< for a dock
    ShelfPane *shelfPane() const { return m_pane; } ///< for a dock; null when nothing is kept

    void addActions(ActionRegistry &registry);

    /// What tells only of the live run: hidden while another tab is in front.
    void setLiveDocks(QList<QDockWidget *> docks);

    void setRetention(const Retention &retention); ///< from now on

    /// Keeps notes and the like in \a timeline, which shows the live \a run, beside the run's file.
    void keepEdits(TimelineWidget &timeline, RunModel &run);

    void openRuns(const QStringList &paths);

    std::vector<LibraryEntry> kept() const; ///< the newest first; none before keptChanged()

    const RunKeeper *keeper() const { return m_keeper.get(); } ///< null when nothing is kept
    QString folder() const { return m_folder; }                ///< likewise empty

    /// Of the run in front, or of the live one; empty while that has no file.
    QString pathInFront() const;

    /// Compares rounds of some configurations with those of the first, which is the baseline.
    ComparePage *compareSides(const QList<QStringList> &sides);

    /// Compares rounds of one configuration with those of another; \a left is the baseline.
    ComparePage *compare(const QStringList &left, const QStringList &right);

Q_SIGNALS:
    void keptChanged();
    void choiceWanted(); ///< of a run that the one in front is to be compared with

private:
    void keepRuns(Session &session);
    void chooseRun();
    void addScenarioActions(ActionRegistry &registry);
    void showScenarios();
    void createShelf();
    void createScenarios(Session &session);
    void chooseRetention();
    void showTab(int index);
    void offerUndo(const QStringList &files);
    void offerToKeep(const QStringList &files);
    void tellTrouble(const QString &key, const QString &sentence);

    QSettings &m_settings;
    const QString m_folder;
    MessageArea &m_messages;
    QMainWindow &m_window;
    RunTabs *m_tabs;
    QString m_livePath; ///< of the file that the live run is kept in; empty while there is none
    QList<QDockWidget *> m_liveDocks;
    QList<QDockWidget *> m_hiddenDocks; ///< those of them that showTab() has hidden
    ScenarioPane *m_scenarios = nullptr;
    std::unique_ptr<Shelf> m_shelf; ///< null when nothing is kept, as the two below
    ShelfPane *m_pane = nullptr;
    std::unique_ptr<CrashedRuns> m_crashed;
    std::unique_ptr<RunKeeper> m_keeper; ///< goes first: then the live run has ended in order
    std::unique_ptr<RunEdits> m_edits;   ///< of the live run, while it is kept
};

} // namespace Fanfare
