// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/payloadplace.h>

#include <QByteArrayView>

#include <atomic>
#include <optional>
#include <span>

namespace Fanfare {

/// Reads what a PayloadWriter of another process added, in the same order. That process may write
/// there at any time, rightly or not: what has to stay as it is, is copied first.
///
/// Threads: [owner].
class PayloadReader
{
public:
    /// Bytes at the beginning of the room that keep their memory when they are released: they are
    /// used again soon. What lies behind them is given back to the system.
    static constexpr qsizetype keptRoom = 8 * 1024 * 1024;

    /// As those of the writer.
    PayloadReader(std::span<char> room, std::atomic<quint64> &released)
        : m_room(room)
        , m_released(released)
    {
    }

    /// The payload at \a place, until it is released. Nothing when it cannot lie there.
    std::optional<QByteArrayView> at(const PayloadPlace &place) const;

    /// The payload at \a place was read; once for each, in the order in which they were added.
    void release(const PayloadPlace &place);

private:
    const std::span<char> m_room;
    std::atomic<quint64> &m_released;
};

} // namespace Fanfare
