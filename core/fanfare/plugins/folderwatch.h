// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/filestamp.h>

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <vector>

namespace Fanfare {

/// Says when it is worth looking at some folders. QFileSystemWatcher alone misses files that are
/// written in place and folders that are deleted and made anew, and a system may have no watches
/// left; so files and parents are watched as well, and every two seconds there is a look anyway.
///
/// Threads: [owner], an event loop is needed.
class FolderWatch final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds pause{100}; ///< between two signals
    static constexpr std::chrono::milliseconds period{2000};

    explicit FolderWatch(QObject *parent = nullptr);

    void start(const QStringList &folders);

    /// Watches \a files, too, and again what got lost. To be called after every look.
    void setFiles(const QStringList &files);

    /// Sentences about what cannot be watched. The looks every two seconds notice it all the same.
    QStringList problems() const;

Q_SIGNALS:
    void lookWanted(); ///< something may have changed

private:
    void noticeFolder(const QString &path);
    void noticeSoon();
    bool haveFoldersChanged();

    QFileSystemWatcher m_watcher;
    QTimer m_pause;
    std::chrono::steady_clock::time_point m_noticed; // when lookWanted() was due last
    QTimer m_period;
    QStringList m_folders;
    std::vector<std::optional<FileStamp>> m_identities; // of m_folders
    QStringList m_unwatched;
};

} // namespace Fanfare
