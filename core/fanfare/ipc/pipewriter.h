// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/frame.h>

#include <QObject>
#include <QSocketNotifier>

#include <chrono>

namespace Fanfare {

/// Sends frames through a file descriptor without ever blocking. All frames of one turn of the
/// event loop go out in one write; what the pipe does not take waits in memory. The sender stops
/// making frames while isCongested().
///
/// Threads: [owner].
class PipeWriter final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype congestion = 8 * 1024 * 1024; ///< bytes

    /// Makes \a descriptor non-blocking; it is borrowed.
    explicit PipeWriter(int descriptor, QObject *parent = nullptr);

    void send(quint16 type, const QByteArray &payload, quint64 number = 0,
              quint16 flags = NoFrameFlag);

    qsizetype waitingBytes() const { return m_frames.size() + m_waiting.size() - m_written; }

    /// So much waits that nothing more should be sent before written().
    bool isCongested() const { return waitingBytes() >= congestion; }

    /// Bytes sent and bytes written since the beginning: what was sent before the former is out
    /// of this process as soon as the latter reaches it.
    quint64 sentTotal() const { return m_writtenTotal + quint64(waitingBytes()); }
    quint64 writtenTotal() const { return m_writtenTotal; }

    /// Waits until everything is written, at most \a timeout. [owner, blocks]
    bool flush(std::chrono::milliseconds timeout);

Q_SIGNALS:
    void written(); ///< waitingBytes() became smaller
    void failed();  ///< the reader is gone; nothing more is written

private:
    void writeSome();

    QSocketNotifier m_notifier;
    FrameWriter m_frames;
    QByteArray m_waiting;    // taken from m_frames
    qsizetype m_written = 0; // of m_waiting
    quint64 m_writtenTotal = 0;
    bool m_isFlushDue = false;
    bool m_isBroken = false;
};

} // namespace Fanfare
