// SPDX-License-Identifier: MIT
#include "fanfare/ipc/pipereader.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace Fanfare {

static constexpr qsizetype maximumRead = 256 * 1024;

PipeReader::PipeReader(int descriptor, QObject *parent)
    : QObject(parent)
    , m_notifier(descriptor, QSocketNotifier::Read)
{
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    connect(&m_notifier, &QSocketNotifier::activated, this, &PipeReader::readSome);
}

void PipeReader::readSome()
{
    QByteArray bytes(maximumRead, Qt::Uninitialized);
    const int descriptor = int(m_notifier.socket());
    const qsizetype count = read(descriptor, bytes.data(), size_t(bytes.size()));
    if (count > 0) {
        bytes.truncate(count);
        Q_EMIT bytesArrived(bytes);
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        m_notifier.setEnabled(false);
        Q_EMIT closed();
    }
}

} // namespace Fanfare
