// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QVBoxLayout;

namespace Fanfare {

/// All keys at a glance: those of the actions, and those the timeline knows while it has the
/// focus. Not modal; deletes itself when closed.
class ShortcutSheet final : public QDialog
{
    Q_OBJECT

public:
    /// \a timeline: the actions of the timeline, whose keys need its focus.
    ShortcutSheet(const QList<QAction *> &actions, const QList<QAction *> &timeline,
                  QWidget *parent);

private:
    struct Row
    {
        QString keys;
        QString meaning;
    };

    static QList<Row> actionRows(const QList<QAction *> &actions);
    static QList<Row> mouseRows();
    void addTable(QVBoxLayout &column, const QString &title, const QList<Row> &rows);
};

} // namespace Fanfare
