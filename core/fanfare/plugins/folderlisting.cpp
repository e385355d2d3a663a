// SPDX-License-Identifier: MIT
#include "fanfare/plugins/folderlisting.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <dirent.h>
#include <memory>

namespace Fanfare {

using namespace Qt::StringLiterals;

static QString problemWith(const QString &folder)
{
    const QFileInfo info(folder);
    if (!info.exists()) {
        return u"The plugin folder %1 is not there; create it or choose another one."_s.arg(folder);
    }
    if (!info.isDir())
        return u"The plugin folder %1 is no folder; choose another one."_s.arg(folder);
    return u"The plugin folder %1 cannot be read; give yourself permission to read it or choose "
           "another one."_s.arg(folder);
}

/// The names in \a folder that are those of visible libraries, or nothing when it cannot be read.
static std::optional<std::vector<QByteArray>> libraryNames(const QByteArray &folder)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> entries(opendir(folder.constData()), &closedir);
    if (!entries)
        return {};
    std::vector<QByteArray> names;
    while (const dirent *entry = readdir(entries.get())) {
        const QByteArrayView name(entry->d_name);
        if (name.endsWith(".so") && !name.startsWith('.'))
            names.push_back(name.toByteArray());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// What is no UTF-8 is shown byte by byte, so that two of them stay two.
static QString shownPath(const QByteArray &path)
{
    const QString text = QString::fromUtf8(path);
    return text.toUtf8() == path ? text : QString::fromLatin1(path);
}

static void addFiles(const QByteArray &folder, int index, const std::vector<QByteArray> &names,
                     std::vector<FoundFile> &files)
{
    for (const QByteArray &name : names) {
        const QByteArray path = folder.endsWith('/') ? folder + name : folder + '/' + name;
        if (const auto stamp = stampOf(path))
            files.push_back({shownPath(path), path, index, *stamp});
    }
}

FolderListing listPluginFolders(const QStringList &folders)
{
    FolderListing listing;
    QSet<QString> seen;
    for (int i = 0; i < folders.size(); ++i) {
        const QString folder = QDir(folders.at(i)).absolutePath();
        const QString canonical = QDir(folder).canonicalPath();
        if (!canonical.isEmpty() && seen.contains(canonical))
            continue;
        seen.insert(canonical);
        const QByteArray local = QFile::encodeName(folder);
        if (const auto names = libraryNames(local))
            addFiles(local, i, *names, listing.files);
        else
            listing.problems.append(problemWith(folder));
    }
    return listing;
}

} // namespace Fanfare
