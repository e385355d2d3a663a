// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/frame.h>
#include <fanfare/plugins/probeanswer.h>

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>

namespace Fanfare {

struct ProbeOptions
{
    QString hostPath; ///< the helper executable
    /// After which the probe is killed. Time in which other programs had the processor does not
    /// count, up to five times as much: a good plugin must not be refused by a busy machine.
    std::chrono::milliseconds timeout{5000};
};

/// How long a process has been ready to run without a processor, from the text of
/// /proc/PID/schedstat; 0 when the system does not tell.
std::chrono::milliseconds waitingTime(const QByteArray &schedulerStatistics);

/// What is left of \a timeout for a probe that started \a elapsed ago and \a waited of it; 0 when
/// it is over.
std::chrono::milliseconds remainingTime(std::chrono::milliseconds timeout,
                                        std::chrono::milliseconds elapsed,
                                        std::chrono::milliseconds waited);

/// One look at a plugin by loading it into a process of its own, which may crash, hang or leave.
/// The process has a session of its own; whatever it started is killed with it. It sees as much of
/// the environment as a worker does.
///
/// Threads: [owner], an event loop is needed.
class PluginProbe final : public QObject
{
    Q_OBJECT

public:
    PluginProbe(QString path, ProbeOptions options, QObject *parent = nullptr);
    ~PluginProbe() override;

    void start(); ///< once

    /// The answer as VerdictCache keeps it; empty when another try could end differently without
    /// any change to the plugin. Only after finished().
    QByteArray verdict() const;

Q_SIGNALS:
    void finished(const Fanfare::ProbeAnswer &answer); ///< exactly once

private:
    void readAnswers();
    void take(const Frame &frame);
    ProbeAnswer judgeCrash(int signal);
    void keepErrorTail();
    void processEnded(int exitCode, QProcess::ExitStatus status);
    void processFailed(QProcess::ProcessError error);
    void endOrWait();
    void finish(const ProbeAnswer &answer);
    ProbeAnswer judgeEnd(int exitCode, QProcess::ExitStatus status);
    ProbeAnswer refuse(const QString &code, const QString &message) const;

    const QString m_path;
    const ProbeOptions m_options;
    QProcess m_process;
    QTimer m_limit;
    QElapsedTimer m_elapsed;
    FrameReader m_reader;
    QByteArray m_errorTail;
    ProbeStage m_stage = ProbeStage::Loading;
    QByteArray m_payload; // of what the probe said at last
    std::optional<ProbeAnswer> m_answer;
    std::optional<PluginRefusal> m_refusal; // what finished() told
    qint64 m_group = 0;                     // the process group, 0 before the start
    bool m_hasTimedOut = false;
    bool m_isFinished = false;
};

} // namespace Fanfare
