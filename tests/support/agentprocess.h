// SPDX-License-Identifier: MIT
#pragma once

#include "support/rabbitbroker.h"

#include <QProcess>
#include <QStringList>

namespace Fanfare::Test {

/// A host of a cluster, as `fanfare-host worker --broker` makes it: on this machine, with worker
/// processes of its own.
///
/// Threads: [owner].
class AgentProcess final
{
public:
    struct Settings
    {
        QString name; ///< of the host
        QStringList pluginFolders;
        int workers = 1;
        quint16 port = 0;         ///< of a proxy to the broker; 0: the broker itself
        QString brokerHost = {};  ///< where it finds the broker; empty: on this machine
        QStringList command = {}; ///< in which it runs, see NetworkNamespace
        QString address = {};     ///< of the broker, as a URL; empty: that of its user "agent"
        /// Added to that of the test. With a password in it no file of one is named.
        QProcessEnvironment environment = {};
    };

    AgentProcess(const RabbitBroker &broker, const Settings &settings);
    ~AgentProcess(); ///< kills it

    /// Waits until it knows its plugins, for half a minute at most. It is connected to its broker
    /// as soon as an app has been there, which makes what it needs.
    bool start();
    bool waitFor(const QByteArray &words, int milliseconds); ///< that it says them
    QByteArray said();                                       ///< so far

    qint64 pid() const { return m_process.processId(); }
    QList<qint64> workers() const; ///< its child processes that run handlers
    void signal(int number) const; ///< to itself, not to its workers
    void kill();                   ///< with SIGKILL, and waits
    bool isRunning() const { return m_process.state() == QProcess::Running; }

private:
    QProcess m_process;
    QByteArray m_said;
    QStringList m_command; // the program, then its arguments
};

} // namespace Fanfare::Test
