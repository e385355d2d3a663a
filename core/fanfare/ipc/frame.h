// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QByteArray>

#include <optional>

namespace Fanfare {

/// The protocol "FF/1" between two processes of Fanfare: frames over a pipe. A frame is a header of
/// 32 bytes, little-endian, and a payload, usually one CBOR map:
///
///     offset  0  u32  length of header and payload
///             4  u16  type; its meaning is agreed on by the two ends
///             6  u16  flags, see FrameFlag
///             8  u64  a number the type defines, often a task or a command; else 0
///            16  u64  MonotonicClock nanoseconds when the frame was written
///            24  u32  CRC-32 of the header without this field, then of the payload
///            28  u32  number of the frame in its direction, from 0
///
/// There is no resynchronization: one wrong byte means that somebody scribbled on the pipe, and
/// the other end is given up.
inline constexpr int protocolVersion = 1;
inline constexpr qsizetype frameHeaderSize = 32;
inline constexpr qsizetype maximumPayload = 16 * 1024 * 1024;

enum FrameFlag : quint16 {
    NoFrameFlag = 0,
    IgnorableFrame = 1,  ///< an end that does not know the type skips it
    UnfinishedFrame = 2, ///< more frames follow that belong to the same message
};

struct Frame
{
    quint16 type = 0;
    quint16 flags = NoFrameFlag;
    quint64 number = 0;
    qint64 time = 0;
    QByteArray payload;
};

/// Puts frames into one buffer, so that all frames of one turn are written at once.
///
/// Threads: [owner].
class FrameWriter
{
public:
    /// Adds a frame. \a payload is at most maximumPayload bytes long.
    void append(quint16 type, QByteArrayView payload, quint64 number = 0,
                quint16 flags = NoFrameFlag);

    /// The same with a payload in two parts, which need not be put together first. What does not
    /// fit into one frame goes into several, see MessageJoiner.
    void append(quint16 type, QByteArrayView begin, QByteArrayView rest);

    /// What is ready to be written; the buffer is empty afterwards.
    QByteArray take() { return std::exchange(m_buffer, {}); }

    qsizetype size() const { return m_buffer.size(); }

private:
    void append(quint16 type, quint64 number, quint16 flags, QByteArrayView begin,
                QByteArrayView rest);

    QByteArray m_buffer;
    quint32 m_sequence = 0;
};

/// Takes frames out of a stream of bytes that arrive in any portions. Memory stays below one frame
/// plus what was added since the last call of next(), whatever the bytes say.
///
/// Threads: [owner].
class FrameReader
{
public:
    explicit FrameReader(qsizetype payloadLimit = maximumPayload)
        : m_payloadLimit(payloadLimit)
    {
    }

    void append(QByteArrayView bytes) { m_buffer.append(bytes); }

    /// Where to put the next bytes, instead of append(): there is room() for \a usual ones or,
    /// inside of a large frame, for exactly what is missing of it, so that nothing has to be moved.
    /// Then fillRoom() says how many were put there, and only then comes next().
    char *makeRoom(qsizetype usual);
    qsizetype room() const { return m_buffer.size() - m_filled; }
    void fillRoom(qsizetype count);

    /// The next complete frame, or nothing when more bytes are needed. Error: Protocol, and again
    /// at every later call.
    Result<std::optional<Frame>> next();

    /// True when the bytes so far end inside of a frame.
    bool isInsideFrame() const { return m_position < m_buffer.size(); }

private:
    Error broken(const QString &message);
    void dropConsumed();

    qsizetype m_payloadLimit;
    QByteArray m_buffer;
    qsizetype m_position = 0;
    qsizetype m_filled = 0; // while there is room
    quint32 m_sequence = 0;
    QString m_broken; // why, once it happened
};

} // namespace Fanfare
