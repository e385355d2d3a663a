// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskview.h"

#include <QTreeWidget>

namespace Fanfare {

/// The tasks of one emission: how each ended and how long it ran.
class SiblingList final : public QTreeWidget
{
    Q_OBJECT

public:
    static constexpr size_t maximumTasks = 200; ///< more are not listed

    explicit SiblingList(QWidget *parent = nullptr);

    void setTasks(const std::vector<SiblingView> &tasks, TaskId selected);

Q_SIGNALS:
    void taskChosen(Fanfare::TaskId task);

private:
    void addTask(const SiblingView &task);

    EmissionId m_emission{};
};

} // namespace Fanfare
