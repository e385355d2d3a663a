// SPDX-License-Identifier: MIT
// Who may be a host, and with which broker: rights of users, certificates.
#include <cli/clirun.h>
#include <support/agentprocess.h>
#include <support/brokerfiles.h>
#include <support/rabbitbroker.h>

#include <QTest>

using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

/// A second TLS listener on an address that the certificate is not for.
static QString otherListener(quint16 port)
{
    return u"listeners.ssl.2 = 127.0.0.2:%1"_s.arg(port);
}

class tst_ClusterAccess final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anAgentWithTooFewRightsSaysWhich_data();
    void anAgentWithTooFewRightsSaysWhich();
    void tasksTravelEncrypted();
    void refusesACertificateForAnotherName();

private:
    CliResult emitted(const QString &address, const QStringList &more = {}) const;
    AgentProcess::Settings host(const QString &address) const;
    QProcessEnvironment trusting() const;

    const quint16 m_otherPort = freePort();
    RabbitBroker m_broker{{.hasTls = true, .lines = {otherListener(m_otherPort)}}};
};

void tst_ClusterAccess::initTestCase()
{
    if (const QString missing = RabbitBroker::whyMissing(); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY2(m_broker.start(), qPrintable(m_broker.problem()));
    const CliResult status = runCli({u"cluster"_s, u"status"_s, u"--broker"_s, m_broker.address(),
                                     u"--broker-password-file"_s, m_broker.passwordFile()});
    QVERIFY2(status.exitCode == 0, status.out); // makes the exchanges
    QVERIFY2(
        m_broker.control({u"add_user"_s, u"weak"_s, QString::fromUtf8(RabbitBroker::password())}),
        qPrintable(m_broker.problem()));
}

QProcessEnvironment tst_ClusterAccess::trusting() const
{
    QProcessEnvironment environment;
    environment.insert(u"FANFARE_BROKER_CA"_s, m_broker.authorityFile());
    return environment;
}

AgentProcess::Settings tst_ClusterAccess::host(const QString &address) const
{
    return {.name = u"a"_s,
            .pluginFolders = {QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces")},
            .address = address,
            .environment = trusting()};
}

/// One task of the plugin that the host has, sent to \a address.
CliResult tst_ClusterAccess::emitted(const QString &address, const QStringList &more) const
{
    QProcess process;
    prepareCli(process,
               QStringList{u"emit"_s, u"ProcessId"_s, u"--json"_s, u"--plugins"_s,
                           QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces"), u"--executor"_s,
                           u"cluster"_s, u"--broker"_s, address, u"--broker-password-file"_s,
                           m_broker.passwordFile()}
                   + more);
    QProcessEnvironment all = process.processEnvironment();
    all.insert(trusting());
    process.setProcessEnvironment(all);
    process.start();
    process.waitForFinished(60'000);
    return resultOf(process);
}

void tst_ClusterAccess::anAgentWithTooFewRightsSaysWhich_data()
{
    QTest::addColumn<QStringList>("rights"); // configure, write, read
    QTest::addColumn<QByteArray>("said");
    const QString hosts = u"^fanfare\\.v1\\.host\\..*"_s;
    const QString written = u"^fanfare\\.v1\\.(events|host\\..*)$"_s;
    const QString read = u"^fanfare\\.v1\\.(task\\..*|ctl|host\\..*)$"_s;
    QTest::newRow("none at all") << QStringList()
                                 << QByteArray("has no virtual host \"fanfare\" for the user weak");
    QTest::newRow("no queue of its own")
        << QStringList{u"^$"_s, written, read} << QByteArray("access to queue 'fanfare.v1.host.");
    QTest::newRow("no orders") << QStringList{hosts, written,
                                              u"^fanfare\\.v1\\.(task|host)\\..*$"_s}
                               << QByteArray("access to exchange 'fanfare.v1.ctl'");
    QTest::newRow("no events") << QStringList{hosts, hosts, read}
                               << QByteArray("access to exchange 'fanfare.v1.events'");
    QTest::newRow("no tasks") << QStringList{hosts, written, u"^fanfare\\.v1\\.(ctl|host\\..*)$"_s}
                              << QByteArray("access to queue 'fanfare.v1.task.");
}

void tst_ClusterAccess::anAgentWithTooFewRightsSaysWhich()
{
    QFETCH(QStringList, rights);
    QFETCH(QByteArray, said);
    const CliResult queued = // makes the queue of the plugin
        emitted(m_broker.address(), {u"--start-within"_s, u"0.1"_s});
    if (rights.isEmpty())
        m_broker.control({u"clear_permissions"_s, u"-p"_s, u"fanfare"_s, u"weak"_s});
    else
        QVERIFY2(m_broker.control(
                     QStringList{u"set_permissions"_s, u"-p"_s, u"fanfare"_s, u"weak"_s} + rights),
                 qPrintable(m_broker.problem()));
    AgentProcess agent(m_broker, host(m_broker.address(u"weak"_s)));

    QVERIFY2(agent.start(), agent.said());

    QVERIFY2(agent.waitFor(said, 20'000), agent.said());
    const QByteArray all = agent.said();
    for (const QByteArray &line : all.split('\n')) {
        if (!line.contains(said))
            continue;
        QVERIFY2(line.contains("weak") && line.contains("set_permissions") && line.endsWith('.'),
                 line);
    }
    QCOMPARE(queued.exitCode, 1);
    QVERIFY(agent.isRunning()); // until somebody grants it
}

void tst_ClusterAccess::tasksTravelEncrypted()
{
    const QString place = u"localhost:%1/fanfare"_s.arg(m_broker.tlsPort());
    AgentProcess agent(m_broker, host(u"amqps://agent@"_s + place));
    QVERIFY2(agent.start(), agent.said());

    const CliResult result = emitted(u"amqps://app@"_s + place);

    QVERIFY2(result.exitCode == 0, result.err);
    const QJsonObject task = result.ofType(u"task"_s).value(0);
    QCOMPARE(task[u"outcome"_s].toString(), u"Succeeded"_s);
    QVERIFY2(agent.said().contains("Connected to amqps://agent@localhost"), agent.said());
    QVERIFY(task[u"worker"_s].toString().startsWith(u"a worker"_s));
}

void tst_ClusterAccess::refusesACertificateForAnotherName()
{
    const QString place = u"127.0.0.2:%1/fanfare"_s.arg(m_otherPort);
    AgentProcess agent(m_broker, host(u"amqps://agent@"_s + place));
    QVERIFY2(agent.start(), agent.said());

    const CliResult result = emitted(u"amqps://app@"_s + place);

    QCOMPARE(result.exitCode, 1);
    const QJsonObject task = result.ofType(u"task"_s).value(0);
    QCOMPARE(task[u"outcome"_s].toString(), u"Rejected"_s);
    QCOMPARE(task[u"reason"_s].toString(), u"untrusted"_s);
    QVERIFY2(task[u"error"_s].toString().contains(u"for another name than 127.0.0.2;"_s),
             result.out);
    const QByteArray way = "openssl s_client -connect 127.0.0.2:" + QByteArray::number(m_otherPort);
    QVERIFY2(agent.waitFor(way, 20'000), agent.said());
}

QTEST_GUILESS_MAIN(tst_ClusterAccess)
#include "tst_clusteraccess.moc"
