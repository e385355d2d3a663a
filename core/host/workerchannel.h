// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/frame.h>
#include <fanfare/ipc/taskrecords.h>
#include <fanfare/ipc/workerprotocol.h>

#include <mutex>

namespace Fanfare {

/// What a worker says to its host. Reports wait until something has to go out at once, so that the
/// end of one task and the start of the next are one write.
///
/// Threads: [any, locks, blocks] while the host does not read. When the host is gone, the process
/// ends in here.
class WorkerChannel
{
public:
    explicit WorkerChannel(int output)
        : m_output(output)
    {
    }

    /// Writes a frame, behind everything that waits.
    void send(WorkerReply reply, const QByteArray &payload = {}, quint64 number = 0);

    /// Says that \a task starts; it is written when this returns.
    void reportStarted(quint64 task, qint64 time);

    /// Keeps \a report until the next write.
    void reportFinished(const ReportRecord &report);

    void flush(); ///< writes what waits

private:
    void add(const ReportRecord &report);
    void closeReports();
    void writeAll();

    const int m_output;
    std::mutex m_mutex;
    FrameWriter m_frames; // guarded by m_mutex, as the rest
    QByteArray m_reports; // the payload of the next frame of reports
};

} // namespace Fanfare
