// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace Fanfare {

/// All keys at a glance, in two columns: those of the actions, and those the timeline knows while
/// it has the focus. What is typed leaves the rows that have it. Not modal; deletes itself when
/// closed.
class ShortcutSheet final : public QDialog
{
    Q_OBJECT

public:
    /// \a timeline: the actions of the timeline, whose keys need its focus.
    ShortcutSheet(const QList<QAction *> &actions, const QList<QAction *> &timeline,
                  QWidget *parent);

    QStringList shownLines() const; ///< "Ctrl+Q Quit", those that the filter leaves

private:
    struct Row
    {
        QString keys;
        QString meaning;
    };
    struct Line
    {
        QLabel *keys = nullptr;
        QLabel *meaning = nullptr;
    };
    struct Table
    {
        QLabel *heading = nullptr;
        QList<Line> lines;
    };

    static QList<Row> actionRows(const QList<QAction *> &actions);
    static QList<Row> mouseRows();
    QWidget *createColumns(const QList<QAction *> &actions, const QList<QAction *> &timeline);
    void addTable(QVBoxLayout &column, const QString &title, const QList<Row> &rows);
    void filter(const QString &text);
    void fitToScreen(const QSize &content);

    QLineEdit *m_filter;
    QLabel *m_nothing;
    QList<Table> m_tables;
};

} // namespace Fanfare
