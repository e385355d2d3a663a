// SPDX-License-Identifier: MIT
#include "fanfare/plugins/folderwatch.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

FolderWatch::FolderWatch(QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_period.setInterval(period);
    connect(&m_pause, &QTimer::timeout, this, &FolderWatch::lookWanted);
    connect(&m_period, &QTimer::timeout, this, &FolderWatch::lookWanted);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &FolderWatch::noticeSoon);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &FolderWatch::noticeFolder);
}

void FolderWatch::start(const QStringList &folders)
{
    for (const QString &folder : folders)
        m_folders.append(QDir(folder).absolutePath());
    m_folders.removeDuplicates();
    m_period.start();
    haveFoldersChanged();
    setFiles({});
}

/// Only which folder it is: content changes are told by the watch of the folder.
static std::optional<FileStamp> identityOf(const QString &folder)
{
    auto stamp = stampOf(QFile::encodeName(folder));
    if (stamp)
        *stamp = {stamp->device, stamp->inode, 0, 0, 0};
    return stamp;
}

bool FolderWatch::haveFoldersChanged()
{
    std::vector<std::optional<FileStamp>> identities;
    for (const QString &folder : m_folders)
        identities.push_back(identityOf(folder));
    return std::exchange(m_identities, identities) != identities;
}

/// A parent may be as busy as /tmp.
void FolderWatch::noticeFolder(const QString &path)
{
    if (m_folders.contains(path) || haveFoldersChanged())
        noticeSoon();
}

/// At once after a quiet time. Never restarted: somebody who writes all the time must not put off
/// the look for ever.
void FolderWatch::noticeSoon()
{
    if (m_pause.isActive())
        return;
    const auto now = std::chrono::steady_clock::now();
    const auto due = std::max(now, m_noticed + pause);
    m_noticed = due;
    m_pause.start(std::chrono::ceil<std::chrono::milliseconds>(due - now));
}

/// The nearest folder above \a folder that is there.
static QString parentOf(const QString &folder)
{
    QString parent = QFileInfo(folder).path();
    while (!QFileInfo::exists(parent) && parent.size() > 1)
        parent = QFileInfo(parent).path();
    return parent;
}

void FolderWatch::setFiles(const QStringList &files)
{
    QSet<QString> wanted(files.begin(), files.end());
    for (const QString &folder : std::as_const(m_folders)) {
        wanted.insert(parentOf(folder));
        if (QFileInfo::exists(folder))
            wanted.insert(folder);
    }
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    const QSet<QString> known(watched.begin(), watched.end());
    const QStringList stale = (known - wanted).values();
    const QStringList missing = (wanted - known).values();
    if (!stale.isEmpty())
        m_watcher.removePaths(stale);
    m_unwatched = missing.isEmpty() ? QStringList() : m_watcher.addPaths(missing);
    m_unwatched.removeIf([](const QString &path) { return !QFileInfo(path).isReadable(); });
}

QStringList FolderWatch::problems() const
{
    if (m_unwatched.isEmpty())
        return {};
    return {
        u"Changes of plugins are noticed only every two seconds, because the system has no file "
        "watches left; raise fs.inotify.max_user_watches and fs.inotify.max_user_instances."_s};
}

} // namespace Fanfare
