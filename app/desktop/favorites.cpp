// SPDX-License-Identifier: MIT
#include "favorites.h"

#include "actionregistry.h"
#include "commandtext.h"
#include "undostep.h"

#include <QAction>
#include <QSettings>
#include <QUndoStack>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr QLatin1StringView favoritesKey("emit/favorites");

Favorites::Favorites(ActionRegistry &registry, QSettings &settings, QUndoStack &undo,
                     QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_undo(undo)
{
    for (int i = 0; i < maximumCount; ++i) {
        m_actions.append(registry.add({.id = u"run.favorite.%1"_s.arg(i + 1),
                                       .menu = ActionMenu::Run,
                                       .text = {},
                                       .tip = {},
                                       .icon = u"favorite"_s,
                                       .keys = {QKeySequence(u"Ctrl+%1"_s.arg(i + 1))},
                                       .startsGroup = i == 0}));
        connect(m_actions.constLast(), &QAction::triggered, this, [this, i] {
            if (i < m_commands.size())
                Q_EMIT emitWanted(m_commands[i]);
        });
    }
    for (int i = 0; i < maximumCount; ++i) {
        m_removeActions.append(registry.add({.id = u"run.favorite.remove.%1"_s.arg(i + 1),
                                             .menu = ActionMenu::None,
                                             .text = {},
                                             .tip = {}}));
        connect(m_removeActions.constLast(), &QAction::triggered, this, [this, i] { remove(i); });
    }
    for (const QVariant &saved : m_settings.value(favoritesKey).toList()) {
        const std::optional<EmitCommand> command = commandFrom(saved.toByteArray());
        if (command && m_commands.size() < maximumCount)
            m_commands.append(*command);
    }
    refreshActions();
}

void Favorites::add(const EmitCommand &command)
{
    QList<EmitCommand> commands = m_commands.mid(0, maximumCount - 1);
    commands.append(command);
    change(tr("make %1 a favorite").arg(command.event), commands);
}

void Favorites::remove(qsizetype index)
{
    if (index < 0 || index >= m_commands.size())
        return;
    QList<EmitCommand> commands = m_commands;
    const QString event = commands.takeAt(index).event;
    change(tr("remove the favorite %1").arg(event), commands);
}

void Favorites::change(const QString &text, const QList<EmitCommand> &commands)
{
    const QList<EmitCommand> before = m_commands;
    m_undo.push(new UndoStep(
        text, [this, commands] { set(commands); }, [this, before] { set(before); }));
}

void Favorites::set(const QList<EmitCommand> &commands)
{
    m_commands = commands;
    QVariantList saved;
    for (const EmitCommand &command : commands)
        saved.append(bytesOf(command));
    m_settings.setValue(favoritesKey, saved);
    refreshActions();
}

static QString summaryOf(const EmitCommand &command)
{
    QString text = command.event;
    if (command.count > 1)
        text += Favorites::tr(" × %L1").arg(command.count);
    if (const QString arguments = argumentsPreview(command, 30); !arguments.isEmpty())
        text += u' ' + arguments;
    return text;
}

static QString shortened(const QString &text)
{
    constexpr qsizetype most = 24;
    return text.size() <= most ? text : text.left(most - 1) + u'…';
}

void Favorites::refreshActions()
{
    for (qsizetype i = 0; i < maximumCount; ++i) {
        const bool isThere = i < m_commands.size();
        const QString text = isThere ? summaryOf(m_commands[i]) : QString();
        m_actions[i]->setText(tr("Emit favorite %1: %2").arg(i + 1).arg(text));
        m_actions[i]->setIconText(shortened(text)); // on a button
        m_actions[i]->setToolTip(
            tr("Emit %1 (%2)")
                .arg(text, m_actions[i]->shortcut().toString(QKeySequence::NativeText)));
        m_removeActions[i]->setText(tr("Remove favorite %1: %2").arg(i + 1).arg(text));
        for (QAction *action : {m_actions[i], m_removeActions[i]}) {
            action->setVisible(isThere);
            action->setEnabled(isThere);
        }
    }
}

} // namespace Fanfare
