// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QStringList>

namespace Fanfare::Cli {

/// The files of --each-file.
struct FileList
{
    QStringList files;      ///< absolute, sorted
    QStringList unreadable; ///< folders below that could not be looked into
};

/// All regular files in \a folder and below, hidden ones included. Symbolic links are left out, so
/// no file comes twice and no loop is followed. Refuses a folder that is missing, unreadable or
/// without files.
Result<FileList> filesBelow(const QString &folder);

} // namespace Fanfare::Cli
