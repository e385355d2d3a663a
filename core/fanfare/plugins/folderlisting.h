// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/filestamp.h>

#include <QString>
#include <QStringList>

#include <vector>

namespace Fanfare {

/// A file in a plugin folder whose name says that it is a library.
struct FoundFile
{
    QString path;         ///< absolute, for people; what is no UTF-8 is read as Latin-1
    QByteArray localPath; ///< the same as the file system has it
    int folder = 0;       ///< index of its folder in the list that was searched
    FileStamp stamp;
};

struct FolderListing
{
    std::vector<FoundFile> files; ///< in the order of the folders, then by name
    QStringList problems;         ///< sentences about folders that cannot be listed
};

/// Lists the files `*.so` in \a folders. Hidden ones are left out: they are being written. A
/// folder that is named twice is searched once. 200 files take less than a millisecond. [any]
FolderListing listPluginFolders(const QStringList &folders);

} // namespace Fanfare
