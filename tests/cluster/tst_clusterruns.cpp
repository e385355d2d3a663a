// SPDX-License-Identifier: MIT
// `run` and `compare` of the real program, one side of them on a cluster.
#include <cli/clirun.h>
#include <support/agentprocess.h>
#include <support/brokerfiles.h>
#include <support/rabbitbroker.h>

#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare::Test;
using namespace Qt::StringLiterals;

class tst_ClusterRuns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void comparesThreeExecutors();
    void comparesKeptRuns();
    void tellsOfARunWithoutHosts();

private:
    CliResult played(const QStringList &more) const;

    RabbitBroker m_broker;
    QTemporaryDir m_folder;
};

void tst_ClusterRuns::initTestCase()
{
    if (const QString missing = RabbitBroker::whyMissing(); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY2(m_broker.start(), qPrintable(m_broker.problem()));
    QVERIFY(writePrivateFile(m_folder.filePath(u"s.json"_s), R"({"scenario": 1, "name": "three",
        "emissions": [{"event": "Sleep", "count": 12, "fields": {"ms": 20}}]})"));
}

/// `fanfare-cli run` of a scenario of 12 tasks.
CliResult tst_ClusterRuns::played(const QStringList &more) const
{
    return runCli(QStringList{u"run"_s, m_folder.filePath(u"s.json"_s), u"--json"_s, u"--runs"_s,
                              m_folder.filePath(u"runs"_s), u"--broker"_s, m_broker.address(),
                              u"--broker-password-file"_s, m_broker.passwordFile()}
                  + more);
}

void tst_ClusterRuns::comparesThreeExecutors()
{
    AgentProcess agent(m_broker, {u"north"_s, {QStringLiteral(FANFARE_TEST_PLUGIN_DIR)}, 2});
    QVERIFY2(agent.start(), agent.said());

    const CliResult result = played({u"--executor"_s, u"threads,processes,cluster"_s});

    QVERIFY2(result.exitCode == 0, result.err);
    QCOMPARE(result.objects.size(), 2); // each with the first
    QStringList executors;
    for (const QJsonObject &comparison : result.objects) {
        for (const QString &side : {u"a"_s, u"b"_s}) {
            const QJsonValue one = comparison[side];
            executors.append(one[u"executor"_s].toString());
            QCOMPARE(one[u"outcomes"_s][u"Succeeded"_s].toInt(), 12);
        }
        QVERIFY(!comparison[u"verdict"_s][u"headline"_s].toString().isEmpty());
    }
    QCOMPARE(executors, (QStringList{u"threads"_s, u"processes"_s, u"threads"_s, u"cluster"_s}));
}

void tst_ClusterRuns::comparesKeptRuns()
{
    const QDir runs(m_folder.filePath(u"runs"_s));
    QHash<QString, QString> ids;
    const CliResult list = runCli({u"runs"_s, u"--json"_s, u"--runs"_s, runs.path()});
    for (const QJsonObject &run : list.objects)
        ids.insert(run[u"executor"_s].toString(), run[u"id"_s].toString());
    QCOMPARE(ids.size(), 3);

    const CliResult result =
        runCli({u"compare"_s, ids[u"processes"_s], ids[u"cluster"_s], u"--format"_s, u"json"_s,
                u"--threshold"_s, u"10000"_s, u"--runs"_s, runs.path()});

    QVERIFY2(result.exitCode == 0, result.err);
    QCOMPARE(result.objects.value(0)[u"b"_s][u"executor"_s].toString(), u"cluster"_s);
    QCOMPARE(result.objects.value(0)[u"b"_s][u"tasks"_s].toInt(), 12);
}

void tst_ClusterRuns::tellsOfARunWithoutHosts()
{
    const CliResult result =
        played({u"--executor"_s, u"threads,cluster"_s, u"--start-within"_s, u"0.2"_s});

    QCOMPARE(result.objects.size(), 1);
    const QJsonObject comparison = result.objects.first();
    QCOMPARE(comparison[u"a"_s][u"outcomes"_s][u"Succeeded"_s].toInt(), 12);
    QCOMPARE(comparison[u"b"_s][u"outcomes"_s][u"Rejected"_s].toInt(), 12);
    QCOMPARE(comparison[u"verdict"_s][u"winner"_s].toString(), u"a"_s);
}

QTEST_GUILESS_MAIN(tst_ClusterRuns)
#include "tst_clusterruns.moc"
