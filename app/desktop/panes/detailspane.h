// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskview.h"
#include "laneview.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace Fanfare {

class CrashSection;
class NeighborLinks;
class RankStrip;
class SiblingList;
class TaskFacts;
class TasksView;
class TextBlock;
class ValueSection;

/// All about the selected task, or about the selected lane. A task that is still open is followed
/// until it has ended.
class DetailsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPane(RunModel &run, QWidget *parent = nullptr);

    void showTask(std::optional<TaskId> task);        ///< nothing happens while it is locked
    void showTasks(const std::vector<TaskId> &tasks); ///< likewise; side by side when several

    /// What a worker did, in the times that setLaneTimes() knows to ask for.
    void showLane(std::optional<quint32> lane); ///< likewise
    void setLaneTimes(const std::function<LaneTimes()> &times);
    void refreshLaneSoon(); ///< the user looks at other times

    /// The run comes from a file, in which there are no arguments.
    void setIsOfFile();

    /// Keeps the pane on its task, whatever is selected meanwhile.
    void setLocked(bool locked);

    std::optional<TaskId> task() const { return m_task; }
    QString plainText() const; ///< everything shown, for copying
    QString json() const;      ///< all that is known about the task; empty without one

Q_SIGNALS:
    void taskChosen(Fanfare::TaskId task);
    void linesWanted(Fanfare::TaskId task); ///< in the log
    void linkWanted(Fanfare::TaskId task);  ///< on the clipboard
    void cancelWanted(Fanfare::EmissionId emission);

protected:
    void changeEvent(QEvent *event) override;

private:
    /// A heading with a block of text below it, both hidden while there is no text.
    struct Section
    {
        QLabel *heading = nullptr;
        TextBlock *block = nullptr;
    };

    void createLayout();
    void createHeader(QVBoxLayout &column);
    QLabel *addSmallText(QVBoxLayout &column, const QString &name);
    void createSiblings(QVBoxLayout &column);
    void createButtons(QHBoxLayout &row);
    QToolButton *addButton(QHBoxLayout &row, const QString &icon, const QString &text);
    QLabel *addHeading(QVBoxLayout &column, const QString &text);
    Section addSection(QVBoxLayout &column, const QString &title, int maximumLines);
    static void setSection(const Section &section, const QString &text);

    void refreshSoon();
    void refresh();
    void refreshTasks();
    void refreshHeader(const TaskView &view);
    void refreshTexts(const TaskView &view);
    void refreshSiblings(const TaskView &view);
    void refreshRank(const TaskView &view);

    RunModel &m_run;
    bool m_isOfFile = false;
    std::optional<TaskId> m_task;
    std::vector<TaskId> m_tasks;        ///< when there are several, which are shown in place of it
    std::optional<quint32> m_laneShown; ///< in place of tasks
    std::function<LaneTimes()> m_laneTimes;
    TaskLines m_lines;
    QTimer m_timer;
    bool m_hasEnded = false;   ///< the task and its siblings, as of the last refresh
    bool m_isComplete = false; ///< nothing about them changes any more
    bool m_isRanked = false;   ///< that is done once, when the task has ended

    QStackedWidget *m_pages;
    QLabel *m_hint;
    TasksView *m_side;
    LaneView *m_lane = nullptr;
    QLabel *m_icon = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_subtitle = nullptr;
    QToolButton *m_lock = nullptr;
    QToolButton *m_cancel = nullptr; ///< visible while a task of the emission is open
    QToolButton *m_toLog = nullptr;
    RankStrip *m_rank = nullptr;
    QLabel *m_workerFacts = nullptr;   ///< what its worker has done so far
    QLabel *m_emissionFacts = nullptr; ///< how the emission went
    NeighborLinks *m_neighbors = nullptr;
    TaskFacts *m_facts = nullptr;
    Section m_error;
    CrashSection *m_crash = nullptr;
    ValueSection *m_result = nullptr;
    ValueSection *m_arguments = nullptr;
    Section m_output;
    QLabel *m_siblingsHeading = nullptr;
    SiblingList *m_siblings = nullptr;
};

} // namespace Fanfare
