// SPDX-License-Identifier: MIT
#include "fanfare/ipc/pipewriter.h"

#include <QDeadlineTimer>

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace Fanfare {

PipeWriter::PipeWriter(int descriptor, QObject *parent)
    : QObject(parent)
    , m_notifier(descriptor, QSocketNotifier::Write)
{
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    m_notifier.setEnabled(false);
    connect(&m_notifier, &QSocketNotifier::activated, this, &PipeWriter::writeSome);
}

void PipeWriter::send(quint16 type, const QByteArray &payload, quint64 number, quint16 flags)
{
    if (m_isBroken)
        return;
    m_frames.append(type, payload, number, flags);
    if (std::exchange(m_isFlushDue, true))
        return;
    QMetaObject::invokeMethod(this, &PipeWriter::writeSome, Qt::QueuedConnection);
}

void PipeWriter::writeSome()
{
    m_isFlushDue = false;
    qsizetype progress = 0;
    while (!m_isBroken && waitingBytes() > 0) {
        if (m_written == m_waiting.size()) {
            m_waiting = m_frames.take();
            m_written = 0;
        }
        const qsizetype count = write(int(m_notifier.socket()), m_waiting.constData() + m_written,
                                      size_t(m_waiting.size() - m_written));
        if (count >= 0) {
            m_written += count;
            m_writtenTotal += quint64(count);
            progress += count;
        } else if (errno == EAGAIN) {
            break;
        } else if (errno != EINTR) {
            m_isBroken = true;
        }
    }
    m_notifier.setEnabled(!m_isBroken && waitingBytes() > 0);
    if (m_isBroken)
        Q_EMIT failed();
    else if (progress > 0)
        Q_EMIT written();
}

bool PipeWriter::flush(std::chrono::milliseconds timeout)
{
    const QDeadlineTimer deadline(timeout);
    writeSome();
    while (!m_isBroken && waitingBytes() > 0 && !deadline.hasExpired()) {
        pollfd target{int(m_notifier.socket()), POLLOUT, 0};
        poll(&target, 1, int(deadline.remainingTime()));
        writeSome();
    }
    return waitingBytes() == 0;
}

} // namespace Fanfare
