// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskneighbors.h"

#include <QWidget>

class QPushButton;

namespace Fanfare {

/// Two buttons: to the task before and to the task after on the same worker.
class NeighborLinks final : public QWidget
{
    Q_OBJECT

public:
    explicit NeighborLinks(QWidget *parent = nullptr);

    void setNeighbors(const TaskNeighbors &neighbors);

Q_SIGNALS:
    void taskChosen(Fanfare::TaskId task);

private:
    QPushButton *addButton(const QString &name);

    TaskNeighbors m_neighbors;
    QPushButton *m_previous;
    QPushButton *m_next;
};

} // namespace Fanfare
