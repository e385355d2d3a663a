// SPDX-License-Identifier: MIT
#include <cli/clirun.h>
#include <support/agentprocess.h>
#include <support/rabbitbroker.h>
#include <support/tcpproxy.h>

#include <fanfare/cluster/brokertransport.h>

#include <QDateTime>
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
    void countsHostsAndNotTheirConnections();
    void tellsWhyTasksDied();
    void dealsWithDeadTasksThatAreNone();

private:
    CliResult clusterCli(const QStringList &words) const;
    QJsonObject statusJson() const;
    QString usedQueue() const;

    RabbitBroker m_broker{{.hasTls = true}};
};

/// `fanfare-cli emit` on the cluster.
static CliResult emittedTo(const RabbitBroker &broker, const QStringList &words)
{
    return runCli(QStringList{u"emit"_s} + words
                  + QStringList{u"--json"_s, u"--executor"_s, u"cluster"_s, u"--broker"_s,
                                broker.address(), u"--broker-password-file"_s,
                                broker.passwordFile()});
}

/// `fanfare-cli cluster`.
CliResult tst_ClusterStatus::clusterCli(const QStringList &words) const
{
    return runCli(QStringList{u"cluster"_s} + words
                  + QStringList{u"--broker"_s, m_broker.address(), u"--broker-password-file"_s,
                                m_broker.passwordFile()});
}

QJsonObject tst_ClusterStatus::statusJson() const
{
    return clusterCli({u"status"_s, u"--json"_s}).objects.value(0);
}

QString tst_ClusterStatus::usedQueue() const
{
    return statusJson()[u"queues"_s][0][u"queue"_s].toString();
}

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
    QCOMPARE(status.objects.value(0)[u"dead"_s].toInt(), 0);
}

void tst_ClusterStatus::countsHostsAndNotTheirConnections()
{
    AgentProcess north(m_broker, {u"north"_s, {QStringLiteral(FANFARE_TEST_PLUGIN_DIR)}, 2});
    QVERIFY(north.start());
    const CliResult emitted = emittedTo(m_broker, {u"Sleep"_s, u"--fields"_s, u"{\"ms\": 1}"_s});
    QVERIFY2(emitted.exitCode == 0, emitted.err);
    const auto address = Fanfare::brokerAddress(m_broker.address(), {m_broker.passwordFile()});
    auto second = Fanfare::makeBrokerTransport();
    QVERIFY(address && second);
    // What takes from the queue and is no host: one that has not told of itself yet, or a leftover.
    const QString queue = usedQueue();
    (*second)->open({*address, Fanfare::ClusterRole::Agent, Fanfare::ClusterSession(99), u"x"_s});
    (*second)->takeFrom({queue}, 1);

    QJsonValue found;
    QTRY_VERIFY_WITH_TIMEOUT((found = statusJson()[u"queues"_s][0])[u"consumers"_s].toInt() == 2,
                             30'000);

    QCOMPARE(found[u"hosts"_s].toInt(), 1);
    (*second)->close();
}

void tst_ClusterStatus::tellsWhyTasksDied()
{
    const CliResult none = clusterCli({u"dead"_s});
    const CliResult expired = emittedTo(m_broker,
                                        {u"Sleep"_s, u"--fields"_s, u"{\"ms\": 1}"_s, u"--count"_s,
                                         u"3"_s, u"--start-within"_s, u"0.2"_s});

    const QJsonObject first =
        clusterCli({u"dead"_s, u"--count"_s, u"2"_s, u"--json"_s}).objects.value(0);
    const CliResult text = clusterCli({u"dead"_s});
    const CliResult status = clusterCli({u"status"_s});

    QVERIFY2(none.out.startsWith("No dead tasks at "), none.out + none.err);
    QCOMPARE(expired.exitCode, 1);
    const QJsonObject task = expired.ofType(u"task"_s).value(0);
    QCOMPARE(task[u"outcome"_s].toString(), u"Rejected"_s);
    QCOMPARE(task[u"reason"_s].toString(), u"expired"_s);
    QCOMPARE(first[u"count"_s].toInt(), 3);
    const QJsonArray tasks = first[u"tasks"_s].toArray();
    QCOMPARE(tasks.size(), 2);
    QCOMPARE(tasks[0][u"reason"_s].toString(), u"expired"_s);
    QCOMPARE(tasks[0][u"event"_s].toString(), u"Sleep"_s);
    QCOMPARE(tasks[0][u"handler"_s].toString(), task[u"handler"_s].toString());
    QCOMPARE(tasks[0][u"build"_s].toString(), task[u"build"_s].toString());
    QCOMPARE(tasks[0][u"app"_s].toString().size(), 16);
    QCOMPARE(tasks[0][u"emission"_s].toInt(), 3); // the last one
    QCOMPARE(tasks[1][u"emission"_s].toInt(), 2);
    const QDateTime died = QDateTime::fromString(tasks[0][u"died"_s].toString(), Qt::ISODate);
    QVERIFY(std::abs(died.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    // All are still there after the first look, and what to do is said.
    QVERIFY2(text.out.startsWith("3 dead tasks at "), text.out);
    QCOMPARE(text.out.count("  expired  "), 3);
    QVERIFY2(text.out.contains("expired: no host took it within --start-within"), text.out);
    QVERIFY2(text.out.contains("purge_queue -p fanfare fanfare.v1.dead"), text.out);
    for (const QByteArray &line : text.out.split('\n'))
        QVERIFY2(line.size() <= 80, line);
    QVERIFY2(
        status.out.contains("3 dead tasks; this says why:\n  fanfare-cli cluster dead --broker"),
        status.out);
}

void tst_ClusterStatus::dealsWithDeadTasksThatAreNone()
{
    QVERIFY2(
        m_broker.control(
            {u"eval"_s,
             u"rabbit_basic:publish(rabbit_misc:r(<<\"fanfare\">>, exchange, <<\"fanfare.v1.dead\">>), <<>>, [], <<255, 1, 2>>)."_s}),
        qPrintable(m_broker.problem()));

    const CliResult text = clusterCli({u"dead"_s, u"--count"_s, u"10"_s});

    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.contains("unreadable"), text.out + text.err);
}

QTEST_GUILESS_MAIN(tst_ClusterStatus)
#include "tst_clusterstatus.moc"
