// SPDX-License-Identifier: MIT
#include "filecollector.h"

#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace Fanfare {

static void listFolder(const QString &folder, std::stop_token stop, QStringList &files)
{
    const qsizetype first = files.size();
    QDirIterator entries(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (entries.hasNext() && !stop.stop_requested()
           && files.size() < FileCollector::maximumFiles)
        files.append(entries.next());
    std::sort(files.begin() + first, files.end());
}

static QStringList listAll(const QStringList &paths, std::stop_token stop)
{
    QStringList files;
    for (const QString &path : paths) {
        if (QFileInfo(path).isDir())
            listFolder(path, stop, files);
        else
            files.append(path);
    }
    return files;
}

FileCollector::FileCollector(QObject *parent)
    : QObject(parent)
{
}

FileCollector::~FileCollector() = default;

void FileCollector::collect(const QStringList &paths)
{
    cancel();
    m_isCollecting = true;
    const quint64 request = m_request;
    m_thread = std::jthread([this, paths, request](std::stop_token stop) {
        const QStringList files = listAll(paths, stop);
        if (stop.stop_requested())
            return;
        QMetaObject::invokeMethod(
            this, [this, request, files] { take(request, files); }, Qt::QueuedConnection);
    });
}

void FileCollector::cancel()
{
    ++m_request;
    m_isCollecting = false;
    m_thread.request_stop();
}

bool FileCollector::isCollecting() const
{
    return m_isCollecting;
}

void FileCollector::take(quint64 request, const QStringList &files)
{
    if (request != m_request)
        return;
    m_isCollecting = false;
    Q_EMIT collected(files);
}

} // namespace Fanfare
