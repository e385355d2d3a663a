// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Fanfare {

/// The folders of \a searchPath, in the form of LD_LIBRARY_PATH, in which a library lies that this
/// process has loaded, in their order: without them the helper executable would not find its Qt.
/// The others, those that are no absolute paths, and the current folder, which an empty entry
/// means, are left out: they can only make a worker load something else. [any]
QString neededLibraryPath(const QString &searchPath);

} // namespace Fanfare
