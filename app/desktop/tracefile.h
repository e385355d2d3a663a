// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QString>

namespace Fanfare {

class RunModel;

/// Writes the finished tasks of \a model to \a path as Chrome Trace Event JSON. Error: Unreadable,
/// when the file cannot be written. [gui, blocks]
Result<void> writeTraceFile(const RunModel &model, const QString &path);

} // namespace Fanfare
