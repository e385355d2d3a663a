// SPDX-License-Identifier: MIT
#pragma once

#include "runfeed.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace Fanfare {

/// Parts of a run on their way from the thread that reads them to the one that folds them, so that
/// both work at once. A few wait at most: the reader is the faster one.
///
/// Threads: [any], locks.
class PartQueue final
{
public:
    void push(RunPart part);       ///< [blocks] while there is no room
    void finish();                 ///< nothing more comes
    std::optional<RunPart> take(); ///< [blocks]; nothing once all is taken after finish()

private:
    static constexpr size_t most = 4; // parts of 65,536 spans at most: 20 MB

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<RunPart> m_parts; // guarded by m_mutex, as the one below
    bool m_isFinished = false;
};

} // namespace Fanfare
