// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

class QAction;
class QMenu;
class QMenuBar;
class QWidget;

namespace Fanfare {

/// The menu of the menu bar an action stands in.
enum class ActionMenu : quint8 { None, File, Edit, View, Run, Help };

/// What is to be known of an action to make it.
struct ActionSpec
{
    QString id; ///< "run.stop": settings know its keys by it; unique, never translated
    ActionMenu menu = ActionMenu::None; ///< None: in the palette only
    QString text;
    QString tip;
    QString icon = {};             ///< a symbol of the resources, see symbolIcon()
    QList<QKeySequence> keys = {}; ///< the first one is shown
    QString submenu = {};          ///< its title; neighbors with the same one share it
    bool startsGroup = false;      ///< a line above it in the menu
    int rank = 0;                  ///< higher: further down in the menu, whoever came first
    bool isSwitch = false;         ///< it stays on or off
};

/// All actions of the window, in their order: the menus, the tool bar, the palette and the sheet of
/// shortcuts are made of it, so that what is in one of them is in all.
///
/// Threads: [gui].
class ActionRegistry final : public QObject
{
    Q_OBJECT

public:
    /// \a window owns the actions and hears their shortcuts.
    explicit ActionRegistry(QWidget &window);

    QWidget &window() const { return m_window; }

    QAction *add(const ActionSpec &spec);

    /// The same for an action that somebody else made, such as the switch of a dock.
    void adopt(QAction &action, const ActionSpec &spec);

    void remove(QAction &action); ///< and deletes it

    QList<QAction *> actions() const;
    QAction *find(const QString &id) const; ///< null when there is none
    QString idOf(const QAction &action) const;
    QString placeOf(const QAction &action) const; ///< "View › Theme"; empty: in no menu
    QList<QKeySequence> defaultKeys(const QAction &action) const;

    /// Gives \a action other keys, and its tooltip with them.
    void setKeys(QAction &action, const QList<QKeySequence> &keys);

    /// The other action that \a keys would call already, or null.
    QAction *ownerOf(const QKeySequence &keys, const QAction *besides = nullptr) const;

    /// Fills \a bar, and again whenever actions come or go.
    void fillMenus(QMenuBar &bar);

Q_SIGNALS:
    void changed();

private:
    struct Entry
    {
        ActionSpec spec;
        QAction *action = nullptr;
    };

    const Entry *entryOf(const QAction &action) const;
    QList<Entry> entriesOf(ActionMenu which) const; ///< in their order
    void refreshMenus();
    void fillMenu(QMenu &menu, ActionMenu which) const;

    QWidget &m_window;
    QList<Entry> m_entries;
    QMenuBar *m_bar = nullptr;
};

} // namespace Fanfare
