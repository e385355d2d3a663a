// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/engine/enginemessages.h>
#include <fanfare/ipc/frame.h>

#include <QObject>
#include <QProcess>

#include <chrono>

namespace Fanfare {

/// One engine process as its client sees it: frames down, frames up, and its end.
///
/// Threads: [owner], an event loop is needed. The engine dies with the thread that called start().
class EngineProcess final : public QObject
{
    Q_OBJECT

public:
    explicit EngineProcess(QObject *parent = nullptr);

    /// Kills the process if it still runs, after giving it up to 500 ms to leave. [blocks]
    ~EngineProcess() override;

    void start(const QString &hostPath); ///< once
    void send(EngineCommand command, const QByteArray &payload = {}, quint64 number = 0);

    /// Kills it; \a why is the reason of the end, empty for a plain kill.
    void kill(const QString &why = {});

    qint64 pid() const { return m_process.processId(); }

Q_SIGNALS:
    void frameArrived(const Fanfare::Frame &frame);
    void printed(const QByteArray &bytes); ///< to its real standard error

    /// Exactly once. \a signal is 0 when it ended by itself. \a problem is a sentence, or empty
    /// when exit code and signal say everything.
    void ended(int exitCode, int signal, const QString &problem);

private:
    void readFrames();
    void readErrors();
    void processEnded(int exitCode, QProcess::ExitStatus status);
    void processFailed(QProcess::ProcessError error);

    QProcess m_process;
    FrameReader m_reader;
    FrameWriter m_writer;
    QString m_problem;
    bool m_isReading = false;
};

/// The sentence for a helper executable that cannot be started, or nothing. [any]
QString problemWithHost(const QString &hostPath);

} // namespace Fanfare
