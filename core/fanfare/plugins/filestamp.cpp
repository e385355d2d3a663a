// SPDX-License-Identifier: MIT
#include "fanfare/plugins/filestamp.h"

#include <sys/stat.h>

namespace Fanfare {

static qint64 nanoseconds(const timespec &time)
{
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

FileStamp stampOf(const struct stat &status)
{
    return {quint64(status.st_dev), quint64(status.st_ino), qint64(status.st_size),
            nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

std::optional<FileStamp> stampOf(const QByteArray &path)
{
    struct stat status = {};
    if (::stat(path.constData(), &status) != 0 && ::lstat(path.constData(), &status) != 0)
        return {};
    return stampOf(status);
}

} // namespace Fanfare
