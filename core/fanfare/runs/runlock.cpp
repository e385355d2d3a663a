// SPDX-License-Identifier: MIT
#include "fanfare/runs/runlock.h"

#include <QFile>

#include <cerrno>
#include <sys/file.h>

namespace Fanfare {

void markRecorded(QFile &file)
{
    (void)flock(file.handle(), LOCK_EX | LOCK_NB); // without it a run only looks torn off
}

bool isRecorded(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && flock(file.handle(), LOCK_SH | LOCK_NB) != 0
        && errno == EWOULDBLOCK;
}

} // namespace Fanfare
