// SPDX-License-Identifier: MIT
#include "fanfare/processes/librarypath.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>

#include <link.h>

namespace Fanfare {

/// Canonical, so that it does not matter by which link a library was found.
static QSet<QString> foldersOfLoadedLibraries()
{
    QSet<QString> folders;
    dl_iterate_phdr(
        [](dl_phdr_info *info, size_t, void *found) {
            const QFileInfo library(QFile::decodeName(info->dlpi_name));
            if (library.isAbsolute()) // the program itself has no name
                static_cast<QSet<QString> *>(found)->insert(library.dir().canonicalPath());
            return 0;
        },
        &folders);
    return folders;
}

QString neededLibraryPath(const QString &searchPath)
{
    if (searchPath.isEmpty())
        return {};
    const QSet<QString> used = foldersOfLoadedLibraries();
    QStringList needed;
    for (const QString &folder : searchPath.split(QRegularExpression(QStringLiteral("[:;]")))) {
        if (QDir::isAbsolutePath(folder) && used.contains(QDir(folder).canonicalPath()))
            needed.append(folder);
    }
    return needed.join(u':');
}

} // namespace Fanfare
