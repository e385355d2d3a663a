// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <optional>

struct stat;

namespace Fanfare {

/// What tells one state of a file from the next without reading it.
struct FileStamp
{
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;     ///< bytes
    qint64 modified = 0; ///< of the content, nanoseconds since 1970
    qint64 changed = 0;  ///< of anything, mode and owner included; no program can set it back

    bool operator==(const FileStamp &other) const = default;
};

FileStamp stampOf(const struct stat &status);

/// The stamp of the file \a path, in the encoding of the file system; of the link itself when it
/// leads nowhere. Nothing when there is no such entry. [any]
std::optional<FileStamp> stampOf(const QByteArray &path);

} // namespace Fanfare
