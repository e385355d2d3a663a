// SPDX-License-Identifier: MIT
#include "fanfare/engine/engineprocess.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int leavingTime = 500; ///< ms

QString problemWithHost(const QString &hostPath)
{
    const QFileInfo host(hostPath);
    if (!host.exists()) {
        return u"The helper executable %1 is not there; install Fanfare again, or set FANFARE_HOST "
               "to where it is."_s.arg(hostPath);
    }
    if (!host.isFile() || !host.isExecutable()) {
        return u"The helper executable %1 cannot be executed; give it execute permission or "
               "install Fanfare again."_s.arg(hostPath);
    }
    return {};
}

EngineProcess::EngineProcess(QObject *parent)
    : QObject(parent)
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &EngineProcess::readFrames);
    connect(&m_process, &QProcess::readyReadStandardError, this, &EngineProcess::readErrors);
    connect(&m_process, &QProcess::finished, this, &EngineProcess::processEnded);
    connect(&m_process, &QProcess::errorOccurred, this, &EngineProcess::processFailed);
}

EngineProcess::~EngineProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel(); // an engine that reads the end of its input leaves at once
    if (m_process.waitForFinished(leavingTime))
        return;
    m_process.kill();
    m_process.waitForFinished();
}

void EngineProcess::start(const QString &hostPath)
{
    // Ctrl+C in a terminal is sent to the whole process group; the client decides what it means.
    m_process.setChildProcessModifier([] { ::setpgid(0, 0); });
    m_process.start(hostPath, {u"engine"_s, QString::number(QCoreApplication::applicationPid())});
}

void EngineProcess::send(EngineCommand command, const QByteArray &payload, quint64 number)
{
    m_writer.append(quint16(command), payload, number);
    m_process.write(m_writer.take());
}

void EngineProcess::kill(const QString &why)
{
    if (m_problem.isEmpty())
        m_problem = why;
    m_process.kill();
}

void EngineProcess::readFrames()
{
    m_reader.append(m_process.readAllStandardOutput());
    if (std::exchange(m_isReading, true))
        return; // a receiver of a frame runs an event loop: the outer call goes on reading
    for (;;) {
        const auto frame = m_reader.next();
        if (!frame) {
            kill(u"The engine was ended because what it said could not be understood (%1). A "
                 "handler may have written to its memory; run it in a process of its own."_s.arg(
                     frame.error().message));
            break;
        }
        if (!*frame)
            break;
        Q_EMIT frameArrived(**frame);
    }
    m_isReading = false;
}

void EngineProcess::readErrors()
{
    Q_EMIT printed(m_process.readAllStandardError());
}

void EngineProcess::processEnded(int exitCode, QProcess::ExitStatus status)
{
    readFrames();
    readErrors();
    const bool wasKilled = status == QProcess::CrashExit; // then the code is that of the signal
    Q_EMIT ended(wasKilled ? 0 : exitCode, wasKilled ? exitCode : 0, m_problem);
}

void EngineProcess::processFailed(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return;
    Q_EMIT ended(0, 0,
                 u"The helper executable %1 does not start: %2. Install Fanfare again."_s.arg(
                     m_process.program(), m_process.errorString()));
}

} // namespace Fanfare
