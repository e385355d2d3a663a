// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>

class QAction;
class QMainWindow;
class QUndoStack;

namespace Fanfare {

class ActionRegistry;
class WindowLayout;

/// Lets the user choose between layouts of the window: four that come along, and own ones by
/// name. Forgetting one can be undone. Also gives the timeline all the room there is, and back.
class LayoutChoice final : public QObject
{
    Q_OBJECT

public:
    LayoutChoice(QMainWindow &window, WindowLayout &layout, ActionRegistry &registry,
                 QUndoStack &undo);

    void saveAs(const QString &name); ///< as the window is now
    void forget(const QString &name); ///< nothing happens when there is none

private:
    void addPreset(const QString &id, const QString &text, const QString &tip,
                   void (LayoutChoice::*arrange)());
    void addView(const QString &id, const QString &text, const QString &tip, const QString &keys,
                 void (LayoutChoice::*change)());
    void toggleFullScreen();
    void toggleSidePanes();
    void showAll();
    void arrangeAnalysis();
    void arrangeComparison();
    void arrangePresentation();
    void hide(const QStringList &docks);
    void askForName();
    void askWhichToForget();
    void refreshNamed();

    QMainWindow &m_window;
    WindowLayout &m_layout;
    ActionRegistry &m_registry;
    QUndoStack &m_undo;
    QByteArray m_withPanes; ///< the layout before all panes were hidden
    QAction *m_forget = nullptr;
    QHash<QString, QAction *> m_named;
};

} // namespace Fanfare
