// SPDX-License-Identifier: MIT
#include "fanfare/library/runtrash.h"

#include <QDir>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

RunTrash::RunTrash(QString folder)
    : m_folder(std::move(folder))
    , m_trash(QDir(m_folder).filePath(QLatin1String(folderName)))
{
}

/// The run file \a file of \a folder and all that is called after it.
static QFileInfoList belongings(const QString &file, const QString &folder)
{
    QFileInfoList all;
    const QString stem = QFileInfo(file).completeBaseName() + u'.';
    for (const QFileInfo &other : QDir(folder).entryInfoList(QDir::Files)) {
        if (other.fileName().startsWith(stem))
            all.append(other);
    }
    return all;
}

Result<void> RunTrash::move(const QString &file, const QString &from, const QString &to)
{
    QDir().mkpath(to);
    const QFileInfoList all = belongings(file, from);
    const QString run = QDir(from).filePath(file);
    const QString target = QDir(to).filePath(file);
    if (!QFile::rename(run, target)) {
        return Error{
            ErrorCode::Unreadable,
            u"%1 cannot be moved to %2; check who may write to the folder."_s.arg(run, target)};
    }
    for (const QFileInfo &other : all) { // what cannot follow stays where it is
        if (other.fileName() != file)
            QFile::rename(other.filePath(), QDir(to).filePath(other.fileName()));
    }
    return {};
}

Result<void> RunTrash::take(const QString &file)
{
    return move(file, m_folder, m_trash);
}

Result<void> RunTrash::giveBack(const QString &file)
{
    return move(file, m_trash, m_folder);
}

/// Moving a file changes what the system knows of it, so that is when it was deleted.
static QFileInfoList runsOf(const QString &trash)
{
    QFileInfoList runs = QDir(trash).entryInfoList({u"*.ffrun"_s}, QDir::Files);
    std::ranges::stable_sort(runs, {}, &QFileInfo::metadataChangeTime);
    return runs;
}

QStringList RunTrash::files() const
{
    QStringList names;
    for (const QFileInfo &run : runsOf(m_trash))
        names.append(run.fileName());
    return names;
}

QStringList RunTrash::empty(const QDateTime &now, qint64 bytes)
{
    const QDateTime limit = now.addDays(-days);
    const QFileInfoList runs = runsOf(m_trash);
    qint64 size = 0;
    for (const QFileInfo &run : runs)
        size += run.size();
    QStringList gone;
    for (const QFileInfo &run : runs) {
        const bool isTooBig = bytes > 0 && size > bytes;
        if (run.metadataChangeTime() >= limit && !isTooBig)
            continue;
        size -= run.size();
        for (const QFileInfo &file : belongings(run.fileName(), m_trash))
            QFile::remove(file.filePath());
        gone.append(run.fileName());
    }
    return gone;
}

} // namespace Fanfare
