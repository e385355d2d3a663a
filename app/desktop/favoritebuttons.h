// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QToolBar;

namespace Fanfare {

class Favorites;

/// Favorites as buttons of a tool bar. What is dragged from the history onto the bar becomes one;
/// the context menu of a button takes it away.
///
/// Threads: [gui].
class FavoriteButtons final : public QObject
{
    Q_OBJECT

public:
    /// The buttons come before the widget \a before, or last when the bar has no such. \a bar
    /// owns this.
    FavoriteButtons(Favorites &favorites, QToolBar &bar, const QString &before);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Favorites &m_favorites;
};

} // namespace Fanfare
