// SPDX-License-Identifier: MIT
#include "validate/stageprocess.h"

#include "validate/interruption.h"

#include <fanfare/base/signalname.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace Fanfare::Validate {

namespace {

constexpr qsizetype longestDetail = 2000; // bytes of standard error that are kept

/// A stage while it runs: reads what it tells.
class StageProcess
{
public:
    explicit StageProcess(const StageOrder &order)
        : m_order(order)
    {
    }

    QList<Finding> run()
    {
        start();
        QElapsedTimer timer;
        timer.start();
        while (m_process.state() != QProcess::NotRunning && !isInterrupted()
               && !timer.hasExpired(std::chrono::milliseconds(stageTime).count())) {
            m_process.waitForReadyRead(100);
            readLines();
        }
        m_isLate = m_process.state() != QProcess::NotRunning;
        if (m_group > 0)
            ::kill(-m_group, SIGKILL); // and what the plugin started
        m_process.waitForFinished();
        readLines();
        judgeEnd();
        return m_findings;
    }

private:
    void start()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : environment.keys()) { // nothing leaves this machine
            if (name.endsWith(u"_proxy"_qs, Qt::CaseInsensitive)
                || name.endsWith(u"_PASSWORD"_qs)) // of a broker: no plugin needs it
                environment.remove(name);
        }
        environment.insert(u"HOME"_qs, m_folder.path());
        environment.insert(u"TMPDIR"_qs, m_folder.path());
        // What threads keep for themselves counts as allocated, and would look like a leak.
        environment.insert(u"GLIBC_TUNABLES"_qs, u"glibc.malloc.tcache_count=0"_qs);
        m_process.setProcessEnvironment(environment);
        m_process.setWorkingDirectory(m_folder.path());
        m_process.setStandardInputFile(QProcess::nullDevice());
        m_process.setChildProcessModifier([] { // only functions that are safe between fork and exec
            setsid();
            prctl(PR_SET_PDEATHSIG, SIGKILL);
        });
        m_process.start(QCoreApplication::applicationFilePath(), m_order.toArguments());
        m_process.waitForStarted();
        m_group = pid_t(m_process.processId());
    }

    void readLines()
    {
        m_errors = (m_errors + m_process.readAllStandardError()).right(longestDetail);
        m_process.setReadChannel(QProcess::StandardOutput);
        while (m_process.canReadLine()) {
            const QJsonObject line = QJsonDocument::fromJson(m_process.readLine()).object();
            if (line.contains(u"doing"_qs)) {
                m_doing = line.value(u"doing"_qs).toString();
                m_payload = line.value(u"payload"_qs).toString();
            } else if (line.contains(u"finding"_qs)) {
                m_findings.append(findingFromJson(line.value(u"finding"_qs).toObject()));
            }
            m_isDone = m_isDone || line.contains(u"done"_qs);
        }
    }

    void judgeEnd()
    {
        if (m_isDone || isInterrupted())
            return;
        if (m_group <= 0) {
            add("not-checked", u"Its process cannot be started: %1"_qs.arg(m_process.errorString()),
                u"Check whether the system has room for another process, and try again"_qs);
            return;
        }
        if (m_isLate)
            add("hung",
                u"It is not done after %1 s; last, %2"_qs.arg(stageTime.count()).arg(m_doing),
                u"Let every call end by itself, or when it is asked to stop"_qs);
        else if (m_process.exitStatus() == QProcess::CrashExit)
            add("crashed",
                u"It crashes (%1) when %2"_qs.arg(signalName(m_process.exitCode()), m_doing),
                u"Run it again under a debugger, with the arguments given here"_qs);
        else
            add("exited",
                u"It ends its process (code %1) when %2"_qs.arg(m_process.exitCode()).arg(m_doing),
                u"Throw an exception instead of ending the process"_qs);
    }

    void add(const char *code, const QString &message, const QString &wayOut)
    {
        m_findings.append({QString::fromLatin1(code), m_order.handler, message, wayOut, m_payload,
                           QString::fromUtf8(m_errors).trimmed()});
    }

    const StageOrder &m_order;
    QTemporaryDir m_folder;
    QProcess m_process;
    pid_t m_group = 0;
    QByteArray m_errors;
    QString m_doing = u"it starts"_qs;
    QString m_payload;
    QList<Finding> m_findings;
    bool m_isDone = false;
    bool m_isLate = false;
};

} // namespace

QList<Finding> runStageProcess(const StageOrder &order)
{
    return StageProcess(order).run();
}

} // namespace Fanfare::Validate
