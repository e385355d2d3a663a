// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskview.h"

#include <QJsonObject>

namespace Fanfare {

/// All that is known about a task, for programs to read. Durations are nanoseconds; keys whose
/// value is not known are left out. \a output are the lines it wrote.
QJsonObject jsonOf(const TaskView &task, const QString &output);

} // namespace Fanfare
