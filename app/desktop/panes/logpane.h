// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/logmodel.h"
#include "logsaver.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;
class QUndoStack;

namespace Fanfare {

class ActionRegistry;
class EmptyState;
class LogBar;
class LogRuleEditor;
class SaveBar;

/// The log: all lines, or those that pass a filter. It scrolls along until the user looks back.
/// Clearing only hides what is there already, and can be undone.
class LogPane final : public QWidget
{
    Q_OBJECT

public:
    explicit LogPane(RunModel &run, QWidget *parent = nullptr);

    /// Adds what the log can be asked for; clearing is a step on \a undo.
    void addActions(ActionRegistry &registry, QUndoStack &undo);

    bool isFollowing() const { return m_isFollowing; }

    /// \a task was selected elsewhere: its lines stand out.
    void markTask(std::optional<TaskId> task);

    /// The mouse is on \a emission elsewhere: the lines of its tasks stand out a little.
    void hoverEmission(std::optional<EmissionId> emission) { m_model.setHovered(emission); }

    /// These times and lanes were marked elsewhere. While they are, they are the selection.
    void markTimes(std::optional<LogTimes> times);

    /// Which lines stand out in which color.
    void setRules(const QList<LogRule> &rules);
    const QList<LogRule> &rules() const { return m_model.rules(); }

    /// Shows only the lines of \a task.
    void showTask(TaskId task);

    /// Hides all lines there are now.
    void hideLines();

    /// All lines that are shown, cells divided by tabs.
    QString shownText();

    void saveTo(const QString &path); ///< the same, beside the window

Q_SIGNALS:
    void taskChosen(Fanfare::TaskId task);
    void rulesChanged(const QList<Fanfare::LogRule> &rules); ///< by the user
    void emitWanted();                                       ///< the user wants to see lines at all

private:
    void createView();
    void createHeader();
    void createMenu();
    void createLayout();
    void refresh();
    void keepPlace(int removed);
    void refreshFilter();
    void refreshHandlers();
    void refreshSummary();
    void setFollowing(bool following);
    void setFirst(quint64 line);
    void hideBefore(quint64 line);
    void showEverything();
    void showMenu(const QPoint &position);
    void copyRows();
    void save();
    void editRules();

    RunModel &m_run;
    LogModel m_model;
    LogFilter m_filter;
    std::optional<TaskId> m_selected;
    std::optional<LogTimes> m_times;
    QTimer m_timesDelay;          ///< times are dragged
    QUndoStack *m_undo = nullptr; ///< borrowed; null: hiding cannot be taken back
    LogBar *m_bar;
    QLabel *m_loss;
    QStackedWidget *m_pages;
    QTableView *m_view;
    EmptyState *m_empty;
    LogSaver m_saver;
    SaveBar *m_saveBar;
    QPointer<LogRuleEditor> m_ruleEditor; ///< while it is open
    bool m_isFollowing = true;
    bool m_isRefreshing = false; ///< the scroll bar moves because of new rows, not of the user
};

} // namespace Fanfare
