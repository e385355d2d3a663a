// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/facts.h>

#include <QList>
#include <QObject>

class QAction;
class QSettings;
class QUndoStack;

namespace Fanfare {

class ActionRegistry;

/// Up to nine emissions the user wants at hand: each is an action with the keys Ctrl+1 to Ctrl+9,
/// kept for the next time. Taking one away can be undone.
class Favorites final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maximumCount = 9;

    Favorites(ActionRegistry &registry, QSettings &settings, QUndoStack &undo,
              QObject *parent = nullptr);

    QList<EmitCommand> commands() const { return m_commands; }
    QList<QAction *> actions() const { return m_actions; }             ///< see below
    QList<QAction *> removeActions() const { return m_removeActions; } ///< of the same favorites

    /// Adds \a command at the end; when there are nine it takes the place of the last one.
    void add(const EmitCommand &command);
    void remove(qsizetype index);

Q_SIGNALS:
    void emitWanted(const Fanfare::EmitCommand &command);

private:
    void set(const QList<EmitCommand> &commands);
    void change(const QString &text, const QList<EmitCommand> &commands);
    void refreshActions();

    QSettings &m_settings;
    QUndoStack &m_undo;
    QList<EmitCommand> m_commands;
    QList<QAction *> m_actions;       ///< always nine; those without a command are hidden
    QList<QAction *> m_removeActions; ///< likewise
};

} // namespace Fanfare
