// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare::Bench {

/// Writes a run of \a spans busy tasks of two handlers to \a path, replacing what is there.
/// Different seeds give different tasks. Ends the program when the file cannot be written.
void writeBusyRun(const QString &path, size_t spans, quint64 seed);

} // namespace Fanfare::Bench
