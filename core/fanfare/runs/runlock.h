// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QFile;

namespace Fanfare {

/// Tells everybody that the run in \a file, which is open, is being recorded, until it is closed:
/// also by the death of this process. An advisory lock, so nobody is kept from reading.
void markRecorded(QFile &file);

/// Whether somebody records the run file at \a path now. False for one that was ended, torn off or
/// cannot be opened, and on a file system without locks. [any], blocks for a look at the file.
bool isRecorded(const QString &path);

} // namespace Fanfare
