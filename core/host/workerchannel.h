// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/frame.h>
#include <fanfare/ipc/payloadwriter.h>
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
    /// \a payloads is for large ones; borrowed, null: they go through \a output as well.
    WorkerChannel(int output, PayloadWriter *payloads)
        : m_output(output)
        , m_payloads(payloads)
    {
    }

    /// Writes a frame, behind everything that waits.
    void send(WorkerReply reply, const QByteArray &payload = {}, quint64 number = 0);

    /// Says that \a task starts; it is written when this returns.
    void reportStarted(quint64 task, qint64 time);

    /// Keeps \a report until the next write.
    void reportFinished(const ReportRecord &report);

    /// The same for a handler that returned \a result, which is written right to where the host
    /// reads it. One that is too large for that ends its task as Failed.
    void reportResult(ReportRecord report, const QCborValue &result);

    void flush(); ///< writes what waits

private:
    void add(ReportRecord report);
    void addRecord(const ReportRecord &report);
    void closeReports();
    void writeAll();

    const int m_output;
    std::mutex m_mutex;
    PayloadWriter *const m_payloads; // what it points to is guarded by m_mutex, as the rest
    FrameWriter m_frames;
    QByteArray m_reports; // the payload of the next frame of reports
};

} // namespace Fanfare
