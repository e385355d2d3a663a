// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/filesaver.h"
#include "desktop/models/emissionhistory.h"
#include "desktop/scenarioplayer.h"

#include <fanfare/executors/emissionrange.h>

#include <QTimer>
#include <QWidget>

#include <functional>

class QStackedWidget;
class QToolButton;
class QTreeView;
class QUndoStack;

namespace Fanfare {

class ActionRegistry;
class EmptyState;

/// What was emitted: to see what became of it, to go there, to emit it again. Forgetting entries
/// can be undone.
class HistoryPane final : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPane(RunModel &run, QWidget *parent = nullptr);

    /// Adds what the history can be asked for; forgetting is a step on \a undo.
    void addActions(ActionRegistry &registry, QUndoStack &undo);

    /// Only what \a isOpen says is open can be canceled.
    void setOpenCheck(std::function<bool(const EmissionRange &)> isOpen);

    EmissionHistory &model() { return m_model; }
    QList<TimedCommand> commands() const; ///< all of them, the oldest first

Q_SIGNALS:
    void emissionChosen(Fanfare::EmissionId emission);
    void againWanted(const Fanfare::EmitCommand &command);
    void editWanted(const Fanfare::EmitCommand &command);
    void favoriteWanted(const Fanfare::EmitCommand &command);
    void shellCommandWanted(const Fanfare::EmitCommand &command); ///< on the clipboard
    void cancelWanted(const Fanfare::EmissionRange &emissions);
    void emitWanted();               ///< the user wants to emit something at all
    void saved(const QString &path); ///< all of it, as a scenario
    void saveFailed(const QString &sentence);

private:
    void createView();
    void createLayout();
    QToolButton *addButton(const QString &icon, const QString &text,
                           void (HistoryPane::*wanted)(const EmitCommand &));
    void refresh();
    void forget(const std::deque<EmissionHistory::Entry> &entries, const QString &text);
    bool isOpen(const EmissionHistory::Entry &entry) const;
    void cancelCurrent();
    void cancelOrForgetCurrent();
    void forgetCurrent();
    void forgetAll();
    void saveScenario();
    void showMenu(const QPoint &position);
    const EmissionHistory::Entry *current() const;

    EmissionHistory m_model;
    FileSaver m_saver;
    QTimer m_timer;
    QUndoStack *m_undo = nullptr; ///< borrowed; null: forgetting cannot be taken back
    QStackedWidget *m_pages;
    QTreeView *m_view;
    EmptyState *m_empty;
    QList<QToolButton *> m_buttons; ///< for all entries
    QToolButton *m_cancel;          ///< for open ones
    std::function<bool(const EmissionRange &)> m_isOpen;
};

} // namespace Fanfare
