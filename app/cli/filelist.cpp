// SPDX-License-Identifier: MIT
#include "cli/filelist.h"

#include "cli/wording.h"

#include <QDir>

#include <algorithm>

namespace Fanfare::Cli {

static void collect(const QString &folder, FileList &list)
{
    const QDir dir(folder);
    if (!dir.isReadable()) {
        list.unreadable.append(folder);
        return;
    }
    const auto filter =
        QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks;
    for (const QFileInfo &entry : dir.entryInfoList(filter, QDir::NoSort)) {
        if (entry.isDir())
            collect(entry.filePath(), list);
        else
            list.files.append(entry.filePath());
    }
}

static QString problemWith(const QFileInfo &folder)
{
    if (!folder.exists())
        return u"There is no folder %1; check the path after --each-file."_qs;
    if (!folder.isDir())
        return u"%1 is no folder; --each-file takes a folder, a single file goes into --fields."_qs;
    if (!folder.isReadable())
        return u"The folder %1 cannot be read; ask for permission or name another one."_qs;
    return {};
}

Result<FileList> filesBelow(const QString &folder)
{
    const QFileInfo info(folder);
    const QString problem = problemWith(info);
    if (!problem.isEmpty())
        return Error{ErrorCode::Unreadable, problem.arg(quoted(folder))};
    FileList list;
    collect(QDir::cleanPath(info.absoluteFilePath()), list);
    std::sort(list.files.begin(), list.files.end());
    if (list.files.isEmpty())
        return Error{
            ErrorCode::NotFound,
            u"There is no regular file in the folder %1 or below; name another one."_qs.arg(
                quoted(folder))};
    return list;
}

} // namespace Fanfare::Cli
