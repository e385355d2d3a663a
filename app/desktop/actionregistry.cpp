// SPDX-License-Identifier: MIT
#include "actionregistry.h"

#include "appearance.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

ActionRegistry::ActionRegistry(QWidget &window)
    : QObject(&window)
    , m_window(window)
{
}

QAction *ActionRegistry::add(const ActionSpec &spec)
{
    auto action = new QAction(spec.text, &m_window);
    action->setCheckable(spec.isSwitch);
    if (!spec.icon.isEmpty())
        action->setIcon(symbolIcon(spec.icon));
    adopt(*action, spec);
    return action;
}

void ActionRegistry::adopt(QAction &action, const ActionSpec &spec)
{
    Q_ASSERT_X(!find(spec.id), "ActionRegistry", "ids of actions are unique");
    m_entries.append({spec, &action});
    m_window.addAction(&action);
    setKeys(action, spec.keys);
    refreshMenus();
}

void ActionRegistry::remove(QAction &action)
{
    m_entries.removeIf([&action](const Entry &entry) { return entry.action == &action; });
    m_window.removeAction(&action);
    action.deleteLater();
    refreshMenus();
}

QList<QAction *> ActionRegistry::actions() const
{
    QList<QAction *> actions;
    for (const Entry &entry : m_entries)
        actions.append(entry.action);
    return actions;
}

QAction *ActionRegistry::find(const QString &id) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&id](const Entry &entry) { return entry.spec.id == id; });
    return found == m_entries.end() ? nullptr : found->action;
}

const ActionRegistry::Entry *ActionRegistry::entryOf(const QAction &action) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry &entry) { return entry.action == &action; });
    return found == m_entries.end() ? nullptr : &*found;
}

QString ActionRegistry::idOf(const QAction &action) const
{
    const Entry *entry = entryOf(action);
    return entry ? entry->spec.id : QString();
}

static QString titleOf(ActionMenu menu)
{
    switch (menu) {
    case ActionMenu::File:
        return ActionRegistry::tr("&File");
    case ActionMenu::Edit:
        return ActionRegistry::tr("&Edit");
    case ActionMenu::View:
        return ActionRegistry::tr("&View");
    case ActionMenu::Run:
        return ActionRegistry::tr("&Run");
    case ActionMenu::Help:
        return ActionRegistry::tr("&Help");
    case ActionMenu::None:
        break;
    }
    return {};
}

QString ActionRegistry::placeOf(const QAction &action) const
{
    const Entry *entry = entryOf(action);
    if (!entry)
        return {};
    const QString menu = titleOf(entry->spec.menu).remove(u'&');
    return entry->spec.submenu.isEmpty() ? menu : u"%1 › %2"_s.arg(menu, entry->spec.submenu);
}

QList<QKeySequence> ActionRegistry::defaultKeys(const QAction &action) const
{
    const Entry *entry = entryOf(action);
    return entry ? entry->spec.keys : QList<QKeySequence>();
}

void ActionRegistry::setKeys(QAction &action, const QList<QKeySequence> &keys)
{
    action.setShortcuts(keys);
    const Entry *entry = entryOf(action);
    if (!entry || entry->spec.tip.isEmpty())
        return;
    const QString shown = action.shortcut().toString(QKeySequence::NativeText);
    action.setToolTip(shown.isEmpty() ? entry->spec.tip : u"%1 (%2)"_s.arg(entry->spec.tip, shown));
}

QAction *ActionRegistry::ownerOf(const QKeySequence &keys, const QAction *besides) const
{
    for (const Entry &entry : m_entries) {
        if (entry.action != besides && !keys.isEmpty() && entry.action->shortcuts().contains(keys))
            return entry.action;
    }
    return nullptr;
}

void ActionRegistry::fillMenus(QMenuBar &bar)
{
    m_bar = &bar;
    refreshMenus();
}

void ActionRegistry::refreshMenus()
{
    if (m_bar) {
        m_bar->clear();
        qDeleteAll(m_bar->findChildren<QMenu *>(Qt::FindDirectChildrenOnly));
        for (const auto which : {ActionMenu::File, ActionMenu::Edit, ActionMenu::View,
                                 ActionMenu::Run, ActionMenu::Help})
            fillMenu(*m_bar->addMenu(titleOf(which)), which);
    }
    Q_EMIT changed();
}

QList<ActionRegistry::Entry> ActionRegistry::entriesOf(ActionMenu which) const
{
    QList<Entry> entries;
    for (const Entry &entry : m_entries) {
        if (entry.spec.menu == which)
            entries.append(entry);
    }
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &left, const Entry &right) {
        return left.spec.rank < right.spec.rank;
    });
    return entries;
}

/// A menu whose actions are all hidden is no place to go to.
static void hideEmptyMenus(const QMenu &menu)
{
    for (QAction *action : menu.actions()) {
        if (const QMenu *submenu = action->menu()) {
            const QList<QAction *> inside = submenu->actions();
            action->setVisible(std::any_of(inside.begin(), inside.end(),
                                           [](const QAction *each) { return each->isVisible(); }));
        }
    }
}

void ActionRegistry::fillMenu(QMenu &menu, ActionMenu which) const
{
    connect(&menu, &QMenu::aboutToShow, &menu, [&menu] { hideEmptyMenus(menu); });
    QMenu *submenu = nullptr;
    for (const Entry &entry : entriesOf(which)) {
        const bool isInside = !entry.spec.submenu.isEmpty();
        const bool isSame = isInside && submenu && submenu->title() == entry.spec.submenu;
        if (entry.spec.startsGroup)
            (isSame ? submenu : &menu)->addSeparator();
        if (!isInside)
            submenu = nullptr;
        else if (!isSame)
            submenu = menu.addMenu(entry.spec.submenu);
        (submenu ? submenu : &menu)->addAction(entry.action);
    }
}

} // namespace Fanfare
