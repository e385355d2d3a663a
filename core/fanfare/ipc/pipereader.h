// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

namespace Fanfare {

/// Reads what arrives on a file descriptor, 256 KiB a turn at most, so that one flooding writer
/// does not starve the event loop.
///
/// Threads: [owner].
class PipeReader final : public QObject
{
    Q_OBJECT

public:
    /// Makes \a descriptor non-blocking; it is borrowed.
    explicit PipeReader(int descriptor, QObject *parent = nullptr);

Q_SIGNALS:
    void bytesArrived(const QByteArray &bytes);
    void closed(); ///< once: the writer is gone

private:
    void readSome();

    QSocketNotifier m_notifier;
};

} // namespace Fanfare
