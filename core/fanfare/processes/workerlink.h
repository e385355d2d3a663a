// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/frame.h>

#include <QObject>
#include <QSocketNotifier>

#include <optional>

namespace Fanfare {

/// The two pipes between a pool and one worker. Frames are written at once when flush() is called,
/// without a turn of the event loop in between, and what the worker says is read right into the
/// frame reader. Pipes have room for 1 MiB, where the system allows it.
///
/// Threads: [owner], an event loop is needed. frames() and write() can be used by other threads,
/// which see to it that only one of them, or of flush(), is in use at a time.
class WorkerLink final : public QObject
{
    Q_OBJECT

public:
    WorkerLink();
    ~WorkerLink() override;

    /// The ends that become standard input and output of the worker; -1: there are no pipes.
    int workerInput() const { return m_workerInput; }
    int workerOutput() const { return m_workerOutput; }

    /// The worker has its ends now: what it says is told from now on.
    void open();

    FrameWriter &frames() { return m_frames; } ///< what flush() writes
    void flush(); ///< what the pipe has no room for waits, see hasRoom()
    bool write(); ///< the same without waiting: true when all is written

    FrameReader &reader() { return m_reader; } ///< what was read
    void drain();                              ///< reads all that is there now
    void abandon();                            ///< reads nothing more

Q_SIGNALS:
    void arrived(); ///< the reader may have frames
    void hasRoom(); ///< flush() should be called again
    void ended();   ///< nobody can say anything any more; once

private:
    enum class Read { Some, Nothing, End };

    Read readOnce();
    void readSome();
    void closeOutput();

    int m_workerInput = -1;
    int m_workerOutput = -1;
    int m_input = -1;  // what the worker reads from the other end
    int m_output = -1; // what the worker writes
    FrameReader m_reader;
    FrameWriter m_frames;
    QByteArray m_waiting;    // taken from m_frames
    qsizetype m_written = 0; // of m_waiting
    std::optional<QSocketNotifier> m_readable;
    std::optional<QSocketNotifier> m_writable;
};

} // namespace Fanfare
