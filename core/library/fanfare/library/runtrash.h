// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QDateTime>
#include <QStringList>

namespace Fanfare {

/// Runs that were deleted: their files wait in the folder "trash" beside the others, so that they
/// can come back. What belongs to a run goes where it goes: its notes ("RUN.ffrun.edits.json") and
/// whatever else is called after it, such as the picture "RUN.png".
///
/// Threads: [owner]; everything blocks as long as the disk takes.
class RunTrash final
{
public:
    static constexpr auto folderName = "trash";
    static constexpr int days = 1; ///< that runs wait

    explicit RunTrash(QString folder); ///< of the runs

    /// Takes the run file \a file, a name in the folder, with what belongs to it. Error:
    /// Unreadable, when the run itself cannot be moved.
    Result<void> take(const QString &file);
    Result<void> giveBack(const QString &file); ///< the reverse

    /// Removes for good what has waited since before \a now, and the oldest runs while all together
    /// have more than \a bytes (0: without limit). Returns the names of their run files.
    QStringList empty(const QDateTime &now, qint64 bytes);

    QStringList files() const; ///< names of the run files in it, those deleted first in front

private:
    static Result<void> move(const QString &file, const QString &from, const QString &to);

    const QString m_folder;
    const QString m_trash;
};

} // namespace Fanfare
