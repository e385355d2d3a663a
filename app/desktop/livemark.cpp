// SPDX-License-Identifier: MIT
#include "livemark.h"

#include <QDir>
#include <QFileInfo>

#include <sys/file.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static const auto suffix = u".live"_s; ///< beside the run file, which is never renamed

static bool tryLock(QFile &mark)
{
    return mark.open(QIODevice::ReadWrite) && flock(mark.handle(), LOCK_EX | LOCK_NB) == 0;
}

LiveMark::LiveMark(const QString &run)
    : m_file(run + suffix)
{
    (void)tryLock(m_file);
}

LiveMark::~LiveMark()
{
    m_file.remove();
}

QStringList LiveMark::abandoned(const QString &folder)
{
    QStringList runs;
    for (const QFileInfo &mark : QDir(folder).entryInfoList({u'*' + suffix}, QDir::Files)) {
        const QString run = mark.filePath().chopped(suffix.size());
        QFile file(mark.filePath());
        if (!file.open(QIODevice::ReadOnly) || flock(file.handle(), LOCK_EX | LOCK_NB) != 0)
            continue; // a window holds it
        if (QFileInfo(run).isFile())
            runs.append(run);
        else
            file.remove(); // the run was deleted meanwhile
    }
    return runs;
}

void LiveMark::forget(const QString &run)
{
    QFile::remove(run + suffix);
}

} // namespace Fanfare
