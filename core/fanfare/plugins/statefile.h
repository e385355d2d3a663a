// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>

namespace Fanfare {

/// A small JSON file that several programs of one user read and change. It is replaced as a whole,
/// so that nobody ever reads half of it, and changed under a lock, so that no change is lost. One
/// that cannot be understood is set aside under another name, never written over.
///
/// Threads: [any].
class StateFile
{
public:
    /// Files larger than this are not of this program. Bytes.
    static constexpr qint64 maximumSize = 4 * 1024 * 1024;

    explicit StateFile(QString path)
        : m_path(std::move(path))
    {
    }

    const QString &path() const { return m_path; }

    struct Reading
    {
        QJsonObject content; ///< empty when there is no file, or no usable one
        QString problem;     ///< a sentence when it was set aside, or cannot be read; else empty
    };
    Reading read() const; ///< [blocks]

    /// Reads, lets \a change change it, and writes what is different now. The result is the new
    /// content. Errors: Unreadable, with a sentence, when the folder cannot be written to or
    /// another program holds the file for more than two seconds. [blocks]
    Result<Reading> update(const std::function<void(QJsonObject &)> &change) const;

private:
    QString lockPath() const { return m_path + QStringLiteral(".lock"); }
    std::optional<Reading> readIntact() const;
    Reading readLocked() const;
    QString setAside() const;

    QString m_path;
};

/// The folder for what Fanfare remembers between two starts: "fanfare" in $XDG_STATE_HOME, which is
/// ~/.local/state unless set.
QString defaultStateFolder();

} // namespace Fanfare
