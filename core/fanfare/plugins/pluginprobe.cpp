// SPDX-License-Identifier: MIT
#include "fanfare/plugins/pluginprobe.h"

#include <fanfare/base/signalname.h>
#include <fanfare/processes/childpolicy.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace Fanfare {

using namespace Qt::StringLiterals;

using namespace std::chrono_literals;

static constexpr qsizetype maximumTail = 4096; // bytes of stderr that are kept

std::chrono::milliseconds waitingTime(const QByteArray &schedulerStatistics)
{
    const QList<QByteArray> fields = schedulerStatistics.simplified().split(' ');
    return std::chrono::milliseconds(fields.value(1).toLongLong() / 1'000'000);
}

std::chrono::milliseconds remainingTime(std::chrono::milliseconds timeout,
                                        std::chrono::milliseconds elapsed,
                                        std::chrono::milliseconds waited)
{
    constexpr int patience = 5; // a plugin that hangs in a loop waits for processors, too
    const auto own = timeout - (elapsed - waited);
    return std::max(0ms, std::min(own, patience * timeout - elapsed));
}

PluginProbe::PluginProbe(QString path, ProbeOptions options, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_options(std::move(options))
{
    // Only functions that are safe between fork and exec.
    m_process.setChildProcessModifier([] { setsid(); });
    m_process.setProcessEnvironment(workerEnvironment());
    m_process.setWorkingDirectory(QDir::rootPath()); // where nothing is found by accident
    m_process.setStandardInputFile(QProcess::nullDevice());
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &PluginProbe::readAnswers);
    connect(&m_process, &QProcess::readyReadStandardError, this, &PluginProbe::keepErrorTail);
    connect(&m_process, &QProcess::finished, this, &PluginProbe::processEnded);
    connect(&m_process, &QProcess::errorOccurred, this, &PluginProbe::processFailed);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &PluginProbe::endOrWait);
}

PluginProbe::~PluginProbe()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

void PluginProbe::start()
{
    m_elapsed.start();
    m_limit.start(m_options.timeout);
    m_process.start(m_options.hostPath,
                    {u"probe"_s, QString::number(QCoreApplication::applicationPid()), m_path});
    m_group = m_process.processId();
}

/// The time is over, unless the probe spent a part of it waiting for a processor.
void PluginProbe::endOrWait()
{
    QFile statistics(u"/proc/%1/schedstat"_s.arg(m_process.processId()));
    const QByteArray text =
        statistics.open(QIODevice::ReadOnly) ? statistics.readAll() : QByteArray();
    const auto remaining = remainingTime(
        m_options.timeout, std::chrono::milliseconds(m_elapsed.elapsed()), waitingTime(text));
    if (remaining > 0ms) {
        m_limit.start(remaining);
        return;
    }
    m_hasTimedOut = true;
    m_process.kill();
}

void PluginProbe::readAnswers()
{
    m_reader.append(m_process.readAllStandardOutput());
    for (;;) {
        const auto frame = m_reader.next();
        if (!frame)
            m_process.kill();
        if (!frame || !*frame)
            return;
        take(**frame);
    }
}

void PluginProbe::take(const Frame &frame)
{
    if (frame.type == probeStageFrame) {
        m_stage = ProbeStage(frame.number);
    } else if (frame.type == probedFrame && !m_answer) {
        m_payload = frame.payload;
        if (auto answer = readProbeAnswer(m_path, frame.payload))
            m_answer = *std::move(answer);
    }
}

void PluginProbe::keepErrorTail()
{
    m_errorTail = (m_errorTail + m_process.readAllStandardError()).right(maximumTail);
}

void PluginProbe::processEnded(int exitCode, QProcess::ExitStatus status)
{
    readAnswers();
    keepErrorTail();
    // The leader is gone; what is left of its group was started by the plugin.
    const bool hasLeftProcesses = m_group > 0 && ::kill(-pid_t(m_group), SIGKILL) == 0;
    ProbeAnswer answer = judgeEnd(exitCode, status);
    if (!answer.refusal && hasLeftProcesses) {
        answer = refuse(u"left-processes-behind"_s,
                        u"%1 starts processes when it is loaded and leaves them behind; start them "
                        "in a handler."_s.arg(m_path));
    }
    finish(answer);
}

ProbeAnswer PluginProbe::judgeEnd(int exitCode, QProcess::ExitStatus status)
{
    if (m_hasTimedOut) {
        return refuse(u"hung-at-load"_s,
                      u"%1 did not finish loading within %2 s; let its constructor return and do "
                      "the work in a handler."_s.arg(m_path)
                          .arg(double(m_options.timeout.count()) / 1000));
    }
    if (status == QProcess::CrashExit)
        return judgeCrash(exitCode);
    if (m_answer)
        return *m_answer;
    if (exitCode != 0) {
        return refuse(u"exited-at-load"_s,
                      u"%1 ends its process with exit code %2 when it is loaded; correct the "
                      "plugin."_s.arg(m_path)
                          .arg(exitCode));
    }
    return refuse(
        u"silent"_s,
        u"%1 ends its process when it is loaded, without a word; correct the plugin."_s.arg(
            m_path));
}

ProbeAnswer PluginProbe::judgeCrash(int signal)
{
    if (m_errorTail.contains("std::bad_alloc")) {
        PluginRefusal refusal = outOfMemory(m_path);
        refusal.loaderText = QString::fromUtf8(m_errorTail).trimmed();
        return {{}, refusal};
    }
    const QString name = signalName(signal);
    switch (m_stage) {
    case ProbeStage::Loading:
        return refuse(
            u"crashed-at-load"_s,
            u"%1 crashes when it is loaded (%2); correct the plugin."_s.arg(m_path, name));
    case ProbeStage::Creating:
        return refuse(u"crashed-at-create"_s,
                      u"%1 crashes when its plugin object is made (%2); correct its "
                      "constructor."_s.arg(m_path, name));
    case ProbeStage::Listing:
        return refuse(u"crashed-listing"_s,
                      u"%1 crashes when it is asked for its events and handlers (%2); correct the "
                      "plugin."_s.arg(m_path, name));
    case ProbeStage::Making:
        break;
    }
    return refuse(u"crashed-at-create"_s,
                  u"%1 crashes when its handlers are made, or soon after (%2); correct the "
                  "plugin."_s.arg(m_path, name));
}

void PluginProbe::processFailed(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return; // processEnded() follows
    finish(refuse(u"not-probed"_s,
                  u"%1 could not be looked at because %2 does not start; repair the "
                  "installation."_s.arg(m_path, m_options.hostPath)));
}

ProbeAnswer PluginProbe::refuse(const QString &code, const QString &message) const
{
    return {{}, PluginRefusal{code, message, QString::fromUtf8(m_errorTail).trimmed()}};
}

void PluginProbe::finish(const ProbeAnswer &answer)
{
    if (std::exchange(m_isFinished, true))
        return;
    m_limit.stop();
    m_refusal = answer.refusal;
    Q_EMIT finished(answer);
}

QByteArray PluginProbe::verdict() const
{
    if (!m_refusal)
        return m_payload;
    // What is installed beside the plugin, or what else the machine does, may be different then.
    static const QStringList passing{u"missing-library"_s, u"missing-symbol"_s,
                                     u"needs-qt"_s,        u"not-loadable"_s,
                                     u"not-probed"_s,      u"out-of-memory-at-load"_s};
    return passing.contains(m_refusal->code) ? QByteArray() : encodeRefusal(*m_refusal);
}

} // namespace Fanfare
