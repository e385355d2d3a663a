// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QByteArray>
#include <QString>

#include <memory>

namespace Fanfare {

/// The copy of a plugin file that is looked at and loaded in its place. It stays on disk as long as
/// somebody holds this value, in whatever process.
struct ShadowCopy
{
    QByteArray hash; ///< SHA-256 of the content, 32 bytes
    QString path;    ///< absolute
    std::shared_ptr<const void> lock;
};

/// Copies of plugin files by content: `<root>/<sha256>/<name>`, folders with mode 0700, files with
/// 0500. Whoever rebuilds a plugin writes to another file than the one that is mapped, and the same
/// content is copied once. Several processes share one store.
///
/// Threads: [any, blocks].
class ShadowStore
{
public:
    static constexpr qint64 defaultLimit = qint64(512) * 1024 * 1024; ///< bytes

    /// \a root is made when it is needed; empty: `fanfare/shadow` in the user's cache folder.
    explicit ShadowStore(QString root = {});

    /// The copy of what \a descriptor reads, under the file name \a name. Content that is there
    /// already is only hashed. Errors: InvalidArgument when the file changes while it is read;
    /// Unreadable when it cannot be read or copied, with the cause.
    Result<ShadowCopy> keep(int descriptor, const QString &name) const;

    /// Removes copies that nobody holds, the ones that were not used for longest first, until at
    /// most \a limit bytes are left.
    void trim(qint64 limit = defaultLimit) const;

    const QString &root() const { return m_root; }

private:
    QString m_root;
};

} // namespace Fanfare
