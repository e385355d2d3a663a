// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/frame.h>

namespace Fanfare {

/// Puts messages together that are too large for one frame: all frames but the last are marked as
/// UnfinishedFrame, and nothing comes in between.
///
/// Threads: [owner].
class MessageJoiner
{
public:
    /// \a limit is what a message may have at most, in bytes of payload.
    explicit MessageJoiner(qsizetype limit)
        : m_limit(limit)
    {
    }

    /// Takes the payload of \a frame. True when the message is complete: it is the payload of
    /// \a frame now. False when more frames follow. Error: Protocol, for a message above the limit,
    /// and for another type in between.
    Result<bool> join(Frame &frame);

private:
    const qsizetype m_limit;
    QByteArray m_begin; // of the message whose end is due
    quint16 m_type = 0; // of that
};

} // namespace Fanfare
