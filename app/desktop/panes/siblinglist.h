// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskview.h"

#include <QTreeWidget>

namespace Fanfare {

class WaterfallDelegate;

/// The tasks of one emission: how each ended, when it waited and ran, and for how long.
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
    WaterfallDelegate *m_waterfall;
};

} // namespace Fanfare
