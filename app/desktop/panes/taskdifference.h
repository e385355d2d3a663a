// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskview.h"

#include <QStringList>

namespace Fanfare {

/// One property of several tasks, in their order.
struct TaskField
{
    QString name;
    QStringList values; ///< as many as there are tasks; empty where a task has none

    bool isCommon() const; ///< the same for all of them
};

/// What can be said about each of \a tasks, in words. Fields that none of them has are left out.
QList<TaskField> fieldsOf(const std::vector<TaskView> &tasks);

/// How much later or longer a second task was than a first one, in nanoseconds.
struct TaskGap
{
    qint64 start = 0;  ///< from start to start
    qint64 end = 0;    ///< from end to end
    qint64 queued = 0; ///< how much longer it waited
    qint64 ran = 0;    ///< how much longer it ran
};

/// Nothing while one of them has not started.
std::optional<TaskGap> gapBetween(const TaskView &first, const TaskView &second);

} // namespace Fanfare
