// SPDX-License-Identifier: MIT
#pragma once

#include <QCborMap>
#include <QString>

namespace Fanfare {

/// The last crash reports as JSON files in a folder of the user, readable by nobody else: 200 files
/// in turn, at most ten new ones a second. Without a folder that can be written nothing is kept,
/// and nothing else changes.
///
/// Threads: [owner].
class CrashStore
{
public:
    static constexpr int fileCount = 200;

    explicit CrashStore(const QString &folder = defaultFolder())
        : m_folder(folder)
    {
    }

    static QString defaultFolder(); ///< "fanfare/crashes" among the user's data

    /// Writes \a report, see CrashReport for its keys, to the file whose turn it is. [blocks]
    void keep(const QCborMap &report);

private:
    bool isDue(qint64 now);
    int findTurn() const;

    const QString m_folder;
    int m_turn = -1; // of the next file; -1: not known yet
    qint64 m_second = 0;
    int m_inSecond = 0;
};

} // namespace Fanfare
