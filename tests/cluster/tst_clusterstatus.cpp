// SPDX-License-Identifier: MIT
#include <cli/clirun.h>
#include <support/agentprocess.h>
#include <support/rabbitbroker.h>
#include <support/tcpproxy.h>

#include <QJsonArray>
#include <QTest>

using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

/// What `fanfare-cli cluster status` says about the broker at \a address.
static CliResult statusOf(const QString &address, const QStringList &more,
                          const QProcessEnvironment &environment = {})
{
    QProcess process;
    prepareCli(process, QStringList{u"cluster"_s, u"status"_s, u"--broker"_s, address} + more);
    QProcessEnvironment all = process.processEnvironment();
    all.insert(environment);
    process.setProcessEnvironment(all);
    process.start();
    process.waitForFinished(30'000);
    return resultOf(process);
}

class tst_ClusterStatus final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tellsThatNoHostIsThere();
    void takesThePasswordFromTheEnvironment();
    void saysWhyABrokerCannotBeReached_data();
    void saysWhyABrokerCannotBeReached();
    void trustsOnlyTheAuthorityThatIsNamed();
    void noticesABrokerThatSaysNothing();
    void tellsOfHostsQueuesAndClocks();

private:
    RabbitBroker m_broker{{.hasTls = true}};
};

void tst_ClusterStatus::initTestCase()
{
    if (const QString missing = RabbitBroker::whyMissing(); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY2(m_broker.start(), qPrintable(m_broker.problem()));
}

void tst_ClusterStatus::tellsThatNoHostIsThere()
{
    const QStringList secret{u"--broker-password-file"_s, m_broker.passwordFile()};

    const CliResult text = statusOf(m_broker.address(), secret);
    const CliResult json = statusOf(m_broker.address(), secret + QStringList{u"--json"_s});

    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.contains("reachable\nNo host works for it"), text.out);
    QVERIFY(!text.out.contains(RabbitBroker::password()));
    QCOMPARE(json.objects.size(), 1);
    QCOMPARE(json.objects.first()[u"type"_s].toString(), u"cluster"_s);
    QCOMPARE(json.objects.first()[u"reachable"_s].toBool(), true);
    QVERIFY(json.objects.first()[u"hosts"_s].toArray().isEmpty());
}

void tst_ClusterStatus::takesThePasswordFromTheEnvironment()
{
    QProcessEnvironment secret;
    secret.insert(u"FANFARE_BROKER_PASSWORD"_s, QString::fromUtf8(RabbitBroker::password()));

    const CliResult result = statusOf(m_broker.address(), {}, secret);

    QVERIFY2(result.exitCode == 0, result.err);
}

void tst_ClusterStatus::saysWhyABrokerCannotBeReached_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("said");
    const QString here = u"127.0.0.1:%1"_s.arg(m_broker.port());
    QTest::newRow("no broker") << u"amqp://app@127.0.0.1:1/fanfare"_s << 1
                               << QByteArray("No broker answers at amqp://app@127.0.0.1:1");
    QTest::newRow("unknown user") << u"amqp://nobody@%1/fanfare"_s.arg(here) << 1
                                  << QByteArray("does not know the user nobody with this password");
    QTest::newRow("unknown virtual host")
        << u"amqp://app@%1/other"_s.arg(here) << 1 << QByteArray("has no virtual host \"other\"");
    QTest::newRow("no URL") << u"localhost"_s << 2 << QByteArray("localhost");
    QTest::newRow("a password in it")
        << u"amqp://app:secret@%1/fanfare"_s.arg(here) << 2 << QByteArray("password");
    QTest::newRow("plain text to elsewhere")
        << u"amqp://app@broker.example/fanfare"_s << 2 << QByteArray("amqps");
}

void tst_ClusterStatus::saysWhyABrokerCannotBeReached()
{
    QFETCH(QString, address);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, said);

    const CliResult result =
        statusOf(address, {u"--broker-password-file"_s, m_broker.passwordFile()});

    QCOMPARE(result.exitCode, exitCode);
    const QByteArray all = result.out + result.err;
    QVERIFY2(all.contains(said), all);
    QCOMPARE(all.count('\n'), 1);
    QVERIFY(!all.contains("secret"));
    QVERIFY(!all.contains(RabbitBroker::password()));
}

void tst_ClusterStatus::trustsOnlyTheAuthorityThatIsNamed()
{
    const QString address = u"amqps://app@localhost:%1/fanfare"_s.arg(m_broker.tlsPort());
    const QStringList secret{u"--broker-password-file"_s, m_broker.passwordFile()};
    QProcessEnvironment trusting;
    trusting.insert(u"FANFARE_BROKER_CA"_s, m_broker.authorityFile());

    const CliResult refused = statusOf(address, secret);
    const CliResult trusted = statusOf(address, secret, trusting);

    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.out.contains("no certificate that is trusted"), refused.out);
    QVERIFY2(trusted.exitCode == 0, trusted.out + trusted.err);
}

void tst_ClusterStatus::noticesABrokerThatSaysNothing()
{
    TcpProxy proxy(m_broker.port());
    proxy.cut();

    const CliResult result = statusOf(m_broker.address(u"app"_s, proxy.port()),
                                      {u"--broker-password-file"_s, m_broker.passwordFile()});

    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.out.contains("was lost"), result.out);
}

void tst_ClusterStatus::tellsOfHostsQueuesAndClocks()
{
    AgentProcess north(m_broker, {u"north"_s, {QStringLiteral(FANFARE_TEST_PLUGIN_DIR)}, 2});
    AgentProcess south(m_broker, {u"south"_s, {QStringLiteral(FANFARE_TEST_PLUGIN_DIR)}, 1});
    QVERIFY(north.start() && south.start());
    const QStringList secret{u"--broker-password-file"_s, m_broker.passwordFile()};
    const CliResult emitted = runCli(
        QStringList{u"emit"_s, u"Sleep"_s, u"--fields"_s, u"{\"ms\": 10}"_s, u"--count"_s, u"30"_s,
                    u"--json"_s, u"--executor"_s, u"cluster"_s, u"--broker"_s, m_broker.address()}
        + secret);

    const CliResult status = statusOf(m_broker.address(), secret + QStringList{u"--json"_s});

    QVERIFY2(emitted.exitCode == 0, emitted.err);
    QCOMPARE(emitted.summary()[u"tasks"_s].toInt(), 30);
    const QJsonArray hosts = status.objects.value(0)[u"hosts"_s].toArray();
    QCOMPARE(hosts.size(), 2);
    QSet<QString> names;
    for (const QJsonValue &host : hosts) {
        names.insert(host[u"host"_s].toString());
        const bool isNorth = host[u"host"_s] == u"north"_s;
        QCOMPARE(host[u"slots"_s].toInt(), isNorth ? 2 : 1);
        QCOMPARE(qint64(host[u"pid"_s].toInteger()), isNorth ? north.pid() : south.pid());
        // One kernel, one clock: the offset is the error that was made.
        QVERIFY(std::abs(host[u"clockOffsetNs"_s].toInteger())
                <= host[u"clockErrorNs"_s].toInteger());
        QVERIFY(host[u"clockErrorNs"_s].toInteger() > 0);
    }
    QCOMPARE(names, QSet<QString>({u"north"_s, u"south"_s}));
    const QJsonArray queues = status.objects.value(0)[u"queues"_s].toArray();
    QCOMPARE(queues.size(), 1); // of the plugin that was used
    QCOMPARE(queues[0][u"hosts"_s].toInt(), 2);
    QCOMPARE(queues[0][u"waiting"_s].toInt(), 0);
}

QTEST_GUILESS_MAIN(tst_ClusterStatus)
#include "tst_clusterstatus.moc"
