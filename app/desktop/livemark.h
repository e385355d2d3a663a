// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QStringList>

namespace Fanfare {

/// Says that a run file is being written: a small file that is locked for as long as this lives.
/// The system takes the lock away with the process, however that ends, so a mark that nobody holds
/// belongs to a run whose window was killed.
///
/// Threads: [any], one object by one thread at a time.
class LiveMark final
{
public:
    /// Marks the run file \a run. Without a mark the run is kept all the same; it is only not
    /// offered after a crash.
    explicit LiveMark(const QString &run);
    ~LiveMark(); ///< takes the mark away: the run ended in order

    LiveMark(const LiveMark &) = delete;
    LiveMark &operator=(const LiveMark &) = delete;

    /// The run files in \a folder whose mark nobody holds, the newest last. [blocks, for some small
    /// files]
    static QStringList abandoned(const QString &folder);

    /// Takes away the mark of \a run, which nobody holds.
    static void forget(const QString &run);

private:
    QFile m_file;
};

} // namespace Fanfare
