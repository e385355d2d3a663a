// SPDX-License-Identifier: MIT
#include "fanfare/plugins/verdictcache.h"

#include <fanfare/ipc/buildid.h>
#include <fanfare/plugins/filestamp.h>

#include <QFile>

#include <cstdio>
#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int format = 1;
static constexpr qint64 maximumSize = 16 * 1024 * 1024;

/// One line: everything that an answer depends on besides the plugin.
static QByteArray keyOf(const QString &hostPath)
{
    const FileStamp host = stampOf(QFile::encodeName(hostPath)).value_or(FileStamp());
    return u"%1 %2 Qt %3 host %4 %5\n"_s.arg(format)
        .arg(buildId(), QString::fromLatin1(qVersion()))
        .arg(host.size)
        .arg(host.modified)
        .toUtf8();
}

static QString verdictOf(const QString &path)
{
    return path + u".verdict"_s;
}

VerdictCache::VerdictCache(const QString &hostPath)
    : m_key(keyOf(hostPath))
{
}

std::optional<QByteArray> VerdictCache::find(const QString &path) const
{
    QFile file(verdictOf(path));
    if (!file.open(QIODevice::ReadOnly) || file.size() > maximumSize)
        return {};
    const QByteArray text = file.readAll();
    if (!text.startsWith(m_key))
        return {};
    return text.sliced(m_key.size());
}

/// Not QSaveFile: that waits for the disk, and a lost verdict costs only a probe.
void VerdictCache::keep(const QString &path, const QByteArray &payload) const
{
    const QString temporary = u"%1.%2.new"_s.arg(verdictOf(path)).arg(getpid());
    QFile file(temporary);
    if (!file.open(QIODevice::WriteOnly))
        return;
    const bool isWritten =
        file.write(m_key) == m_key.size() && file.write(payload) == payload.size() && file.flush();
    file.close();
    if (!isWritten
        || std::rename(QFile::encodeName(temporary).constData(),
                       QFile::encodeName(verdictOf(path)).constData())
            != 0) {
        file.remove();
    }
}

} // namespace Fanfare
