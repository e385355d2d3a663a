// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/lanegroup.h"

#include <fanfare/base/ids.h>

#include <QWidget>

#include <memory>
#include <optional>

namespace Fanfare {

class RunModel;
class TimelineScene;
struct SavedEdits;

/// The live timeline: lanes, spans, ruler, follow mode. Draws what RunModel holds, once per frame
/// and only while something changed.
///
/// Threads: [gui].
class TimelineWidget final : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineWidget(RunModel &model, QWidget *parent = nullptr);
    ~TimelineWidget() override;

    void select(std::optional<TaskId> task); ///< highlights it; does not move the view
    void reveal(TaskId task);                ///< pans to it and stops following
    void setFollowing(bool following);
    void fitAll();
    void zoomBy(double factor); ///< around the middle; above 1 zooms in

    void showTimes(qint64 from, qint64 to); ///< exactly these; tells nobody
    void setReach(qint64 from, qint64 to);  ///< see TimelineScene
    void setEnded(bool ended);              ///< the run will not go on
    void restoreEdits(const SavedEdits &saved);

    /// Highlights an emission as if the mouse were on it, while it is on none.
    void highlight(std::optional<EmissionId> emission);
    std::optional<EmissionId> highlighted() const;

    /// Draws a line at \a time, which the mouse is at in a timeline beside this one.
    void showCursor(std::optional<qint64> time);
    std::optional<qint64> cursorTime() const;

    void refreshKeys(); ///< its actions tell the keys of timelineKeys()

    /// Filters by \a text, see SpanFilter; an empty one shows all.
    void setFilter(const QString &text);
    void setFilterHidesOthers(bool hides); ///< else they are dimmed
    void nextMatch();                      ///< selects and reveals it
    void previousMatch();

    /// What became of the filter.
    struct FilterState
    {
        QString text;
        QString error; ///< a sentence; empty when all is well
        bool hidesOthers = false;
        bool isCounting = false; ///< \c count is not final
        quint64 count = 0;       ///< of matches
        quint64 position = 0;    ///< of the selected task among them, from 1 on; else 0
    };
    FilterState filterState() const;

    void goToBookmark(int digit); ///< 0 to 9; nothing happens when none is set

    /// A task in view; \c rect in the widget.
    struct TaskInView
    {
        TaskId task;
        QRect rect;
    };
    struct LaneInView
    {
        quint32 lane = 0; ///< RunModel index
        QString name;
        QRect rect;
        std::vector<TaskInView> tasks; ///< that are wide enough to be told apart
    };
    struct GroupInView
    {
        LaneGroup group;
        QString sentence; ///< its name, how many workers it has and how busy they are in view
        QRect rect;
    };
    static constexpr size_t mostTasksInView = 500;

    /// What can be told of the picture in words, from top to bottom; at most mostTasksInView tasks.
    std::vector<LaneInView> lanesInView() const;
    std::vector<GroupInView> foldedGroupsInView() const;
    QString sentenceFor(TaskId task) const; ///< all about it in one line

    const TimelineScene &scene() const; ///< what is shown
    std::optional<TaskId> selectedTask() const;
    std::vector<TaskId> selectedTasks() const;   ///< that one, and those selected beside it
    std::optional<quint32> selectedLane() const; ///< while no task is
    bool isFollowing() const;

    /// Milliseconds of the last \a count paint events, oldest first; at most 4,096.
    std::vector<double> frameTimes(int count) const;
    quint64 frameCount() const; ///< of all paint events so far

Q_SIGNALS:
    void taskSelected(std::optional<Fanfare::TaskId> task);
    void tasksSelected(const std::vector<Fanfare::TaskId> &tasks); ///< also when it is one again
    void laneSelected(std::optional<quint32> lane);                ///< in place of tasks
    void areaChanged(); ///< another one is marked, or none, see scene()
    void followingChanged(bool following);
    void viewChanged();  ///< the user looks at other times
    void editsChanged(); ///< there are other notes, lanes, bookmarks, another filter
    void emissionHovered(std::optional<Fanfare::EmissionId> emission);
    void timeHovered(std::optional<qint64> time); ///< under the mouse; nothing beside the plot
    void told(const QString &sentence);           ///< what came of writing a picture
    void filterChanged(); ///< something in filterState() has; while counting once a frame
    void filterWanted();  ///< the user wants to type one
    void detailsWanted(); ///< of the selected task or lane
    void linkWanted(Fanfare::TaskId task); ///< on the clipboard

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override; ///< tooltips, Tab, pinches
    QSize sizeHint() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fanfare
