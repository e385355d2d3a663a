// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/payloadplace.h>

#include <QByteArrayView>

#include <atomic>
#include <deque>
#include <optional>
#include <span>

namespace Fanfare {

/// Puts payloads where another process reads them. They are read and released in the order in
/// which they were added, which is all that the two have to agree on. Places near the beginning
/// are used again as soon as possible, because they are in the cache.
///
/// Threads: [owner].
class PayloadWriter
{
public:
    /// \a room begins at a page. \a released counts what the reader has released. Both are
    /// borrowed.
    PayloadWriter(std::span<char> room, const std::atomic<quint64> &released)
        : m_room(room)
        , m_released(released)
    {
    }

    /// Copies \a payload. Nothing when there is no room for it in one piece.
    std::optional<PayloadPlace> add(QByteArrayView payload);

    /// Room for a payload of \a size bytes or more, as near to the beginning as possible; less
    /// than that when there is not so much in one piece. finish() says how much was written. What
    /// is begun and not finished is no payload.
    std::span<char> begin(qsizetype size);
    PayloadPlace finish(qsizetype size);

private:
    struct Block
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    void forgetReleased();
    std::span<char> firstRoom() const;
    std::span<char> roomBehind() const;

    const std::span<char> m_room;
    const std::atomic<quint64> &m_released;
    std::deque<Block> m_blocks; // not released, oldest first
    quint64 m_forgotten = 0;
    qsizetype m_begun = 0; // where begin() was
};

} // namespace Fanfare
