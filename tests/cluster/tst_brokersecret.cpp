// SPDX-License-Identifier: MIT
// The password of a broker, given in the environment: programs use it, handlers do not see it.
#include <cli/clirun.h>
#include <support/agentprocess.h>
#include <support/rabbitbroker.h>

#include <QTest>

using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

static QProcessEnvironment secretEnvironment()
{
    QProcessEnvironment secret;
    secret.insert(u"FANFARE_BROKER_PASSWORD"_s, QString::fromUtf8(RabbitBroker::password()));
    secret.insert(u"FANFARE_HARMLESS"_s, u"seen"_s);
    return secret;
}

static void prepareEmission(QProcess &process, const QStringList &words)
{
    prepareCli(process,
               QStringList{u"emit"_s, u"--json"_s, u"--plugins"_s,
                           QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces")}
                   + words);
    QProcessEnvironment all = process.processEnvironment();
    all.insert(secretEnvironment());
    process.setProcessEnvironment(all);
}

static CliResult emitted(const QStringList &words)
{
    QProcess process;
    prepareEmission(process, words);
    process.start();
    process.waitForFinished(60'000);
    return resultOf(process);
}

class tst_BrokerSecret final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void handlersDoNotSeeIt_data();
    void handlersDoNotSeeIt();
    void connectsAgainWithIt();

private:
    AgentProcess::Settings host() const;
    QStringList cluster() const;

    RabbitBroker m_broker;
};

void tst_BrokerSecret::initTestCase()
{
    if (const QString missing = RabbitBroker::whyMissing(); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY2(m_broker.start(), qPrintable(m_broker.problem()));
}

AgentProcess::Settings tst_BrokerSecret::host() const
{
    return {.name = u"a"_s,
            .pluginFolders = {QStringLiteral(FANFARE_TEST_FIXTURE_DIR "/paces")},
            .environment = secretEnvironment()};
}

QStringList tst_BrokerSecret::cluster() const
{
    return {u"--executor"_s, u"cluster"_s, u"--broker"_s, m_broker.address()};
}

void tst_BrokerSecret::handlersDoNotSeeIt_data()
{
    QTest::addColumn<QStringList>("executor");
    QTest::addColumn<QStringList>("places");
    const QStringList both{u"now"_s, u"process"_s, u"parent"_s};
    // What starts an engine keeps it, for the next engine.
    QTest::newRow("threads") << QStringList{u"--executor"_s, u"threads"_s} << both.first(2);
    QTest::newRow("processes") << QStringList{u"--executor"_s, u"processes"_s} << both;
    QTest::newRow("cluster") << cluster() << both;
}

void tst_BrokerSecret::handlersDoNotSeeIt()
{
    QFETCH(QStringList, executor);
    QFETCH(QStringList, places);
    AgentProcess agent(m_broker, host());
    QVERIFY2(agent.start(), agent.said());

    const CliResult result = emitted(QStringList{u"Environments"_s} + executor);

    QVERIFY2(result.exitCode == 0, result.out + result.err);
    const QJsonValue found = result.ofType(u"task"_s).value(0)[u"result"_s];
    for (const QString &place : places) {
        const QString all = found[place].toString();
        QVERIFY2(all.contains(u"FANFARE_HARMLESS=seen"_s), qPrintable(place));
        QVERIFY2(!all.contains(QString::fromUtf8(RabbitBroker::password())), qPrintable(place));
    }
}

void tst_BrokerSecret::connectsAgainWithIt()
{
    AgentProcess agent(m_broker, host());
    QVERIFY2(agent.start(), agent.said());
    QProcess process;
    prepareEmission(process,
                    QStringList{u"ProcessId"_s, u"--count"_s, u"200"_s, u"--rate"_s, u"50"_s}
                        + cluster());
    process.start();
    QVERIFY(process.waitForReadyRead(30'000)); // a first task has ended

    m_broker.stop();
    QVERIFY2(m_broker.start(), qPrintable(m_broker.problem()));
    QVERIFY(process.waitForFinished(60'000));

    const CliResult result = resultOf(process);
    QVERIFY2(result.exitCode == 0, result.err);
    QCOMPARE(result.summary()[u"outcomes"_s][u"Succeeded"_s].toInt(), 200);
}

QTEST_GUILESS_MAIN(tst_BrokerSecret)
#include "tst_brokersecret.moc"
