// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace Fanfare::Test {

/// A real RabbitMQ server of the test's own, as any user and on loopback only: own data, own
/// cookie, own epmd, free ports. One virtual host `fanfare`; two users with the rights that the
/// documentation recommends: `app` (emits tasks) and `agent` (runs them).
///
/// The server, its epmd and a shell that keeps them are one process group. The shell reads from
/// the test, so that the whole group is killed when the test ends in whatever way.
///
/// Threads: [owner]. Starting and stopping block for some seconds.
class RabbitBroker final
{
public:
    struct Settings
    {
        bool hasTls = false;        ///< a second listener, with certificates made for this broker
        bool hasManagement = false; ///< its web API; two seconds more to start
        QStringList lines;          ///< of rabbitmq.conf, added at the end
    };

    RabbitBroker();
    explicit RabbitBroker(Settings settings);
    ~RabbitBroker();

    /// Empty when a broker can be started here, else a sentence that says what is missing.
    static QString whyMissing();

    /// Starts it, for the first time or again on the same data and ports. False: see problem().
    bool start();
    void stop(); ///< in its own way: connections are closed, files are written
    void kill(); ///< SIGKILL, to all of it

    bool isRunning() const;
    QString problem() const; ///< what start() or control() failed of

    quint16 port() const { return m_port; }
    quint16 tlsPort() const { return m_tlsPort; }
    quint16 managementPort() const { return m_managementPort; }

    /// Where \a user ("app" or "agent") finds the broker, without a password: as a URL.
    QString address(const QString &user = QStringLiteral("app"), quint16 port = 0) const;

    static QByteArray password(); ///< of both users

    /// A file that holds password(), readable by this user only.
    QString passwordFile() const;

    /// What signed the certificate of the TLS listener, which is for `localhost` and 127.0.0.1.
    QString authorityFile() const;

    /// Runs `rabbitmqctl` with \a arguments; about two seconds. Its standard output goes into
    /// \a output. False: see problem().
    bool control(const QStringList &arguments, QString *output = nullptr);

private:
    QString inFolder(const QString &name) const;
    QProcessEnvironment environment() const;
    bool prepare();
    bool waitUntilServing();

    Settings m_settings;
    QTemporaryDir m_folder;
    QProcess m_group; ///< the shell
    QString m_problem;
    bool m_isPrepared = false;
    quint16 m_port = 0;
    quint16 m_tlsPort = 0;
    quint16 m_managementPort = 0;
    quint16 m_epmdPort = 0;
    quint16 m_nodePort = 0;
    quint16 m_controlPort = 0;
};

} // namespace Fanfare::Test
