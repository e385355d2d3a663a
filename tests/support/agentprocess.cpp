// SPDX-License-Identifier: MIT
#include "support/agentprocess.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>

#include <csignal>
#include <sys/types.h>

using namespace Qt::StringLiterals;

namespace Fanfare::Test {

AgentProcess::AgentProcess(const RabbitBroker &broker, const Settings &settings)
{
    QString address =
        settings.address.isEmpty() ? broker.address(u"agent"_s, settings.port) : settings.address;
    if (!settings.brokerHost.isEmpty())
        address.replace(u"127.0.0.1"_s, settings.brokerHost);
    m_command << settings.command << QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host")
              << u"worker"_s << u"--broker"_s << address << u"--name"_s << settings.name
              << u"--workers"_s << QString::number(settings.workers);
    if (!settings.environment.contains(u"FANFARE_BROKER_PASSWORD"_s))
        m_command << u"--broker-password-file"_s << broker.passwordFile();
    if (!settings.brokerHost.isEmpty())
        m_command << u"--broker-plain-text"_s;
    for (const QString &folder : settings.pluginFolders)
        m_command << u"--plugins"_s << folder;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(settings.environment);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

AgentProcess::~AgentProcess()
{
    kill();
}

bool AgentProcess::start()
{
    m_said.clear();
    m_process.start(m_command.first(), m_command.mid(1));
    return m_process.waitForStarted() && waitFor("Ready:", 30'000);
}

bool AgentProcess::waitFor(const QByteArray &words, int milliseconds)
{
    const QDeadlineTimer limit(milliseconds);
    while (!said().contains(words)) {
        if (limit.hasExpired() || !isRunning()
            || (!m_process.waitForReadyRead(int(limit.remainingTime())) && !isRunning()))
            return said().contains(words);
    }
    return true;
}

QByteArray AgentProcess::said()
{
    m_said += m_process.readAll();
    return m_said;
}

/// Child processes of \a pid, by the thread that started them.
static QList<qint64> childrenOf(qint64 pid)
{
    QList<qint64> children;
    const QString tasks = u"/proc/%1/task"_s.arg(pid);
    for (const QString &thread : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(u"%1/%2/children"_s.arg(tasks, thread));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &child : file.readAll().simplified().split(' ')) {
            if (!child.isEmpty())
                children.append(child.toLongLong());
        }
    }
    return children;
}

QList<qint64> AgentProcess::workers() const
{
    QList<qint64> workers;
    for (const qint64 child : childrenOf(pid())) {
        QFile file(u"/proc/%1/cmdline"_s.arg(child));
        if (file.open(QIODevice::ReadOnly) && file.readAll().split('\0').value(1) == "worker")
            workers.append(child);
        workers.append(childrenOf(child)); // behind a guard
    }
    return workers;
}

void AgentProcess::signal(int number) const
{
    ::kill(pid_t(pid()), number);
}

void AgentProcess::kill()
{
    if (!isRunning())
        return;
    signal(SIGKILL);
    m_process.waitForFinished();
}

} // namespace Fanfare::Test
