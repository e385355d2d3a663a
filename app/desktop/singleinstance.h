// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>

#include <QObject>
#include <QStringList>

#include <memory>

class QFile;
class QLocalServer;
class QLocalSocket;

namespace Fanfare {

/// Makes one window serve a folder of runs: who starts second hands over what it was to open, and
/// leaves. All that can be asked for is to open something and to come to the front.
///
/// The socket lies in a folder below $XDG_RUNTIME_DIR that only the user may enter, and each side
/// asks the system whose process the other one is. Without $XDG_RUNTIME_DIR every start has a
/// window of its own.
///
/// Threads: [gui].
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maximumRequest = 1 << 20; ///< bytes

    /// The window for the runs in \a runFolder. Nothing happens yet.
    explicit SingleInstance(const QString &runFolder, QObject *parent = nullptr);
    ~SingleInstance() override;

    bool isPossible() const { return !m_socket.isEmpty(); } ///< there is a place for the socket

    /// Becomes the window that others hand over to. False when there is one already, and when
    /// there cannot be any.
    bool claim();

    /// Asks the window that is there to open \a things, which may be none, and to come to the
    /// front. Error: Unreadable, when it does not answer in time. [blocks, up to some seconds]
    Result<void> handOver(const QStringList &things) const;

Q_SIGNALS:
    void openWanted(const QStringList &things); ///< absolute paths of files, and links
    void raiseWanted();

private:
    void serve();
    void answer(QLocalSocket &guest);

    const QString m_socket;        ///< its path; empty when there cannot be one
    std::unique_ptr<QFile> m_lock; ///< held while this is the window for the folder
    QLocalServer *m_server;
};

} // namespace Fanfare
