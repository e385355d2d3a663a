// SPDX-License-Identifier: MIT
#include "favoritebuttons.h"

#include "commandtext.h"
#include "favorites.h"

#include <QAction>
#include <QDropEvent>
#include <QMimeData>
#include <QToolBar>

namespace Fanfare {

static QAction *actionOf(const QToolBar &bar, const QString &widget)
{
    for (QAction *action : bar.actions()) {
        const QWidget *shown = bar.widgetForAction(action);
        if (shown && shown->objectName() == widget)
            return action;
    }
    return nullptr;
}

FavoriteButtons::FavoriteButtons(Favorites &favorites, QToolBar &bar, const QString &before)
    : QObject(&bar)
    , m_favorites(favorites)
{
    bar.insertActions(actionOf(bar, before), favorites.actions());
    for (qsizetype i = 0; i < favorites.actions().size(); ++i) {
        QWidget *button = bar.widgetForAction(favorites.actions()[i]);
        button->setContextMenuPolicy(Qt::ActionsContextMenu);
        button->insertAction(nullptr, favorites.removeActions()[i]);
    }
    bar.setAcceptDrops(true);
    bar.installEventFilter(this);
}

bool FavoriteButtons::eventFilter(QObject *, QEvent *event)
{
    const bool isDrop = event->type() == QEvent::Drop;
    if (!isDrop && event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove)
        return false;
    auto drag = static_cast<QDropEvent *>(event); // enter and move are drops, too
    if (!drag->mimeData()->hasFormat(commandMimeType))
        return false;
    drag->setDropAction(Qt::CopyAction);
    drag->accept();
    const auto command = commandFrom(drag->mimeData()->data(commandMimeType));
    if (isDrop && command)
        m_favorites.add(*command);
    return true;
}

} // namespace Fanfare
