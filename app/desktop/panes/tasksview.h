// SPDX-License-Identifier: MIT
#pragma once

#include "taskdifference.h"

#include <QWidget>

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace Fanfare {

/// Several tasks side by side: the difference of two, then what differs, then what they share.
class TasksView final : public QWidget
{
    Q_OBJECT

public:
    static constexpr size_t maximumColumns = 4; ///< of further tasks only the number is told

    explicit TasksView(QWidget *parent = nullptr);

    void setTasks(std::vector<TaskView> tasks); ///< two or more
    QString plainText() const;                  ///< everything shown, for copying

Q_SIGNALS:
    void taskChosen(Fanfare::TaskId task);

private:
    void fillHeader();
    void addGroup(const QString &title);
    QTreeWidgetItem *addRow(const QString &name);
    void addGap(const TaskGap &gap);
    void addField(const TaskField &field);

    std::vector<TaskView> m_tasks;
    QLabel *m_title;
    QLabel *m_subtitle;
    QTreeWidget *m_table;
};

} // namespace Fanfare
