// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskview.h"

namespace Fanfare {

/// What a task left, as text of some lines; empty when it left none.

/// Why it did not succeed; for outcomes that say nothing more what they mean.
QString errorText(const TaskView &task);

/// Undefined when there is none.
QCborValue resultOf(const TaskView &task);
QString resultText(const TaskView &task);

/// What its emission carried: fields alone as they are, else each part under its name. Empty also
/// when that is not kept.
QString argumentsText(const TaskView &task);
QCborValue argumentsOf(const TaskView &task); ///< the same as a value; undefined when empty

} // namespace Fanfare
