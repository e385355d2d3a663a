// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskview.h"

#include <QWidget>

namespace Fanfare {

/// The phases of one task as a bar, true to scale: waiting hatched, on the way dotted, running
/// solid in the color the timeline has for the handler.
class PhaseBar final : public QWidget
{
    Q_OBJECT

public:
    explicit PhaseBar(QWidget *parent = nullptr);

    void setTask(const TaskView &task);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TaskView m_task;
};

} // namespace Fanfare
