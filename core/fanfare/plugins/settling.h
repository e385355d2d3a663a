// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/plugins/filestamp.h>

#include <chrono>

namespace Fanfare {

/// Decides when somebody has finished writing a file: when two looks, 150 ms apart, see the same
/// size, times and inode. A file that was changed long ago has settled at the first look, so that
/// a program that only wants to use its plugins does not wait.
///
/// Threads: [owner]. Reads no clock: the caller says what time it is.
class Settling
{
public:
    static constexpr std::chrono::milliseconds lookPause{150};
    static constexpr std::chrono::seconds oldAge{3};
    static constexpr std::chrono::seconds patience{10}; ///< then the file counts as unstable

    enum class Verdict : quint8 {
        Waiting,  ///< look again after lookPause
        Settled,  ///< it may be read
        Unstable, ///< it has been changing for longer than patience; look again now and then
    };

    /// \a stamp is what the file is like now; \a now counts nanoseconds of a monotonic clock,
    /// \a date those since 1970.
    Verdict look(const FileStamp &stamp, qint64 now, qint64 date);

    /// The content is to be looked at again from the beginning.
    void restart() { *this = {}; }

private:
    FileStamp m_stamp;
    qint64 m_seen = 0;  // when m_stamp was seen first
    qint64 m_since = 0; // when the waiting began
    bool m_hasStarted = false;
};

} // namespace Fanfare
