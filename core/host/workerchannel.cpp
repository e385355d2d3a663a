// SPDX-License-Identifier: MIT
#include "workerchannel.h"

#include "processguard.h"

#include <fanfare/ipc/payloaddevice.h>

#include <cerrno>
#include <unistd.h>

namespace Fanfare {

void WorkerChannel::send(WorkerReply reply, const QByteArray &payload, quint64 number)
{
    std::lock_guard lock(m_mutex);
    closeReports();
    m_frames.append(quint16(reply), payload, number);
    writeAll();
}

void WorkerChannel::reportStarted(quint64 task, qint64 time)
{
    ReportRecord report;
    report.kind = ReportKind::Started;
    report.task = task;
    report.time = time;
    std::lock_guard lock(m_mutex);
    add(report);
    closeReports();
    writeAll();
}

void WorkerChannel::reportFinished(const ReportRecord &report)
{
    std::lock_guard lock(m_mutex);
    add(report);
}

static TaskError tooLarge(qsizetype size)
{
    return {QStringLiteral("ResultTooLarge"),
            QStringLiteral("The result has %1 MiB, more than the %2 MiB that a worker process can "
                           "hand back; write it to a file and return the path.")
                .arg(size / (1024 * 1024))
                .arg(maximumTaskPayload / (1024 * 1024))};
}

/// Under the lock, because payloads are read in the order of their reports.
void WorkerChannel::reportResult(ReportRecord report, const QCborValue &result)
{
    std::lock_guard lock(m_mutex);
    PayloadDevice device(m_payloads, maximumTaskPayload);
    encodeResult(result, device);
    if (device.isTooLarge()) {
        const QByteArray error = encodeError(tooLarge(device.size()));
        report.outcome = Outcome::Failed;
        report.payload = error;
        add(report);
        return;
    }
    report.place = device.finish();
    report.payload = device.bytes();
    addRecord(report);
}

void WorkerChannel::flush()
{
    std::lock_guard lock(m_mutex);
    closeReports();
    writeAll();
}

void WorkerChannel::add(ReportRecord report)
{
    if (m_payloads && report.payload.size() >= largeRecord)
        report.place = m_payloads->add(report.payload);
    addRecord(report);
}

void WorkerChannel::addRecord(const ReportRecord &report)
{
    if (report.place || report.payload.size() < largeRecord) {
        if (m_reports.size() + reportRecordSize + largeRecord > maximumPayload)
            closeReports();
        appendReport(m_reports, report);
        return;
    }
    closeReports();
    m_frames.append(quint16(WorkerReply::Reports), headerOf(report), report.payload);
}

void WorkerChannel::closeReports()
{
    if (m_reports.isEmpty())
        return;
    m_frames.append(quint16(WorkerReply::Reports), m_reports);
    m_reports.resize(0); // the memory stays
}

void WorkerChannel::writeAll()
{
    if (m_frames.size() == 0)
        return;
    const QByteArray bytes = m_frames.take();
    for (qsizetype written = 0; written < bytes.size();) {
        const qsizetype count =
            write(m_output, bytes.constData() + written, size_t(bytes.size() - written));
        if (count >= 0)
            written += count;
        else if (errno == EPIPE)
            leaveWithGroup(); // the host is gone
        else if (errno != EINTR)
            _exit(brokenLinkCode); // a handler closed it
    }
}

} // namespace Fanfare
