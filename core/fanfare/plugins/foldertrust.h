// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

struct stat;

namespace Fanfare {

/// Whether somebody else could change a file or folder.
enum class Trust : quint8 {
    Trusted,
    ForeignOwner, ///< it belongs neither to this user nor to root
    Writable,     ///< its mode lets others write
};

/// Other users do not include the user's private group, in which many systems put everything.
/// A folder with the sticky bit, such as /tmp, may be written to: entries of it belong to who made
/// them. [any]
Trust trustOf(const struct stat &status);

struct FolderTrust
{
    Trust trust = Trust::Trusted;
    QByteArray folder; ///< the first that is not trusted
};

/// The same for all folders above the absolute path \a real, which has no links in it. [any]
FolderTrust trustOfFoldersAbove(const QByteArray &real);

} // namespace Fanfare
