// SPDX-License-Identifier: MIT
// Executor, broker and agents as they are.
#include "clusterrig.h"

#include <support/rabbitbroker.h>

#include <QRegularExpression>

#include <csignal>
#include <set>

using namespace Fanfare;
using namespace Fanfare::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_RealCluster final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_agents.clear(); }
    void runsTasksOnAnotherHost();
    void carriesEveryKindOfValue();
    void tellsFailuresAndCrashes();
    void tellsLinesOfHandlers();
    void keepsDeadlines();
    void cancelsWhatRunsAndWhatWaits();
    void givesTasksOfAKilledHostToAnother();
    void endsWhatStartsOnceWithItsHost();
    void survivesABrokerThatIsKilled();
    void refusesWrongPasswords();
    void refusesWrongVirtualHosts();
    void verifiesTheCertificateOfTheBroker();
    void rejectsWhatNoHostStartsInTime();
    void drainsAnAgentThatIsToEnd();
    void showsHowFarTasksAre();
    void doesNotWaitForAnAppThatHasEnded();

private:
    QProcess &startAgent(const QString &name, int workers = 2);
    std::unique_ptr<ClusterRig> makeRig(ClusterOptions options = {});

    RabbitBroker m_broker{{.hasTls = true}};
    std::vector<std::unique_ptr<QProcess>> m_agents; // killed when they go
};

void tst_RealCluster::initTestCase()
{
    if (const QString missing = RabbitBroker::whyMissing(); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    if (!hasBrokerTransport())
        QSKIP("This build has no way to a broker.");
    QVERIFY2(m_broker.start(), qPrintable(m_broker.problem()));
}

QProcess &tst_RealCluster::startAgent(const QString &name, int workers)
{
    auto agent = std::make_unique<QProcess>();
    agent->setProcessChannelMode(QProcess::ForwardedChannels);
    agent->start(QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host"),
                 {u"worker"_s, u"--broker"_s, m_broker.address(u"agent"_s),
                  u"--broker-password-file"_s, m_broker.passwordFile(), u"--workers"_s,
                  QString::number(workers), u"--plugins"_s, ClusterRig::pluginFolder(), u"--name"_s,
                  name});
    if (!agent->waitForStarted())
        qFatal("The agent cannot be started");
    m_agents.push_back(std::move(agent));
    return *m_agents.back();
}

std::unique_ptr<ClusterRig> tst_RealCluster::makeRig(ClusterOptions options)
{
    options.address = *brokerAddress(m_broker.address(), {m_broker.passwordFile()});
    return std::make_unique<ClusterRig>(options, *makeBrokerTransport());
}

static TaskStatus endOf(const Emission &emission, std::chrono::nanoseconds timeout = 30s)
{
    if (!emission.waitForFinished(timeout))
        qFatal("A task has not ended in time");
    return emission.tasks().front();
}

void tst_RealCluster::runsTasksOnAnotherHost()
{
    auto rig = makeRig();
    startAgent(u"a"_s);
    rig->on(u"echo"_s);
    rig->on(u"processId"_s, true);

    const TaskStatus echoed = endOf(rig->emitOne(u"echo"_s, {u"hello"_s}));
    const TaskStatus where = endOf(rig->emitOne(u"processId"_s));

    QCOMPARE(echoed.outcome, Outcome::Succeeded);
    QCOMPARE(echoed.result.toString(), u"hello"_s);
    QCOMPARE(where.outcome, Outcome::Succeeded);
    QVERIFY(where.result.toInteger() != QCoreApplication::applicationPid());
    QCOMPARE(rig->callbacks(), (QStringList{u"echo Succeeded"_s, u"processId Succeeded"_s}));
    QCOMPARE(rig->executor->hosts().size(), size_t(1));
    QTRY_VERIFY(rig->executor->hosts().front().clockError.has_value());
    const ClusterHostFact host = rig->executor->hosts().front();
    QVERIFY(std::abs(*host.clockOffset) <= *host.clockError); // it is the same clock
}

void tst_RealCluster::carriesEveryKindOfValue()
{
    auto rig = makeRig();
    startAgent(u"a"_s);
    rig->on(u"echo"_s);
    const QCborArray values{nullptr,
                            true,
                            -1,
                            std::numeric_limits<qint64>::max(),
                            0.1,
                            u"Größe 😀"_s,
                            QByteArray(100'000, '\0'),
                            QCborArray{1, QCborArray{}},
                            QCborMap{{u"key"_s, QCborMap{{1, false}}}},
                            QCborValue(QCborKnownTags::Url, u"https://example.org"_s),
                            QCborValue(QDateTime::fromSecsSinceEpoch(1, Qt::UTC))};

    for (const QCborValue value : values) {
        const TaskStatus ended = endOf(rig->emitOne(u"echo"_s, {value}));
        QVERIFY2(ended.outcome == Outcome::Succeeded, qPrintable(ended.error.what));
        QVERIFY2(ended.result == value || value.isNull(), qPrintable(value.toDiagnosticNotation()));
    }
}

void tst_RealCluster::tellsFailuresAndCrashes()
{
    auto rig = makeRig();
    startAgent(u"a"_s);
    rig->on(u"fail"_s);
    rig->on(u"killItself"_s);

    const TaskStatus failed = endOf(rig->emitOne(u"fail"_s));
    const TaskStatus crashed = endOf(rig->emitOne(u"killItself"_s));

    QCOMPARE(failed.outcome, Outcome::Failed);
    QCOMPARE(failed.error.what, u"100% broken: %s %n"_s);
    QCOMPARE(crashed.outcome, Outcome::Crashed);
    QCOMPARE(rig->callbacks(), (QStringList{u"fail Failed"_s, u"killItself Crashed"_s}));
}

void tst_RealCluster::tellsLinesOfHandlers()
{
    auto rig = makeRig();
    startAgent(u"a"_s);
    rig->on(u"say"_s);

    endOf(rig->emitOne(u"say"_s, {u"spoken on the host"_s}));

    QStringList lines;
    QStringList lanes;
    QTRY_VERIFY([&] {
        const TraceBatch batch = rig->recorder.drain();
        for (const LogLine &line : batch.log)
            lines.append(line.text);
        for (const LaneInfo &lane : batch.lanes)
            lanes.append(lane.name);
        return lines.contains(u"spoken on the host"_s) && !lanes.isEmpty();
    }());
    QVERIFY(lanes.first().startsWith("a worker "_L1));
}

void tst_RealCluster::keepsDeadlines()
{
    auto rig = makeRig();
    startAgent(u"a"_s);
    rig->on(u"nap"_s, false, 100ms);

    const TaskStatus late = endOf(rig->emitOne(u"nap"_s, {60'000}));

    QCOMPARE(late.outcome, Outcome::TimedOut);
}

void tst_RealCluster::cancelsWhatRunsAndWhatWaits()
{
    auto rig = makeRig();
    startAgent(u"a"_s, 1);
    rig->on(u"nap"_s);
    Emission running = rig->emitOne(u"nap"_s, {60'000});
    QTRY_COMPARE_WITH_TIMEOUT(rig->executor->counters().running, quint64(1), 20'000);
    Emission waiting = rig->emitOne(u"nap"_s, {60'000});

    waiting.cancel();
    const TaskStatus waited = endOf(waiting);
    running.cancel();
    const TaskStatus ran = endOf(running);

    QCOMPARE(waited.outcome, Outcome::Canceled);
    QCOMPARE(ran.outcome, Outcome::Canceled);
    QCOMPARE(rig->callbacks(), (QStringList{u"nap Canceled"_s})); // what never started tells nobody
}

void tst_RealCluster::givesTasksOfAKilledHostToAnother()
{
    auto rig = makeRig();
    QProcess &first = startAgent(u"a"_s, 1);
    rig->on(u"nap"_s, true);
    const Emission emission = rig->emitOne(u"nap"_s, {1500});
    QTRY_COMPARE_WITH_TIMEOUT(rig->executor->counters().running, quint64(1), 20'000);
    startAgent(u"b"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(rig->executor->hosts().size(), size_t(2), 20'000);

    first.kill();
    const TaskStatus ended = endOf(emission);

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QCOMPARE(rig->callbacks(), (QStringList{u"nap Succeeded"_s}));
}

void tst_RealCluster::endsWhatStartsOnceWithItsHost()
{
    auto rig = makeRig();
    QProcess &first = startAgent(u"a"_s, 1);
    rig->on(u"nap"_s);
    const Emission emission = rig->emitOne(u"nap"_s, {60'000});
    QTRY_COMPARE_WITH_TIMEOUT(rig->executor->counters().running, quint64(1), 20'000);
    startAgent(u"b"_s, 1);

    first.kill();
    const TaskStatus ended = endOf(emission);

    QCOMPARE(ended.outcome, Outcome::Crashed);
    QCOMPARE(ended.reason, u"host-lost"_s);
    QVERIFY(ended.error.what.contains("The host a "_L1));
    QCOMPARE(rig->callbacks(), (QStringList{u"nap Crashed"_s}));
}

void tst_RealCluster::survivesABrokerThatIsKilled()
{
    QTest::failOnWarning(QRegularExpression(u"QSocketNotifier"_s)); // of a socket that is closed
    auto rig = makeRig();
    startAgent(u"a"_s);
    rig->on(u"echo"_s);
    rig->on(u"processId"_s, true);
    rig->emitOne(u"echo"_s);
    QVERIFY(rig->executor->waitUntilIdle(20s));
    // RabbitMQ 3.10 loses who leads a queue when it is killed within seconds of its birth; a stop
    // saves it.
    m_broker.stop();
    QVERIFY2(m_broker.start(), qPrintable(m_broker.problem()));
    std::vector<Emission> emissions;
    for (int i = 0; i < 200; ++i)
        emissions.push_back(rig->emitOne(i % 2 ? u"echo"_s : u"processId"_s, {i}));
    QTRY_VERIFY_WITH_TIMEOUT(rig->executor->counters().ended >= 20, 20'000);

    m_broker.kill();
    for (int i = 0; i < 50; ++i)
        emissions.push_back(rig->emitOne(i % 2 ? u"echo"_s : u"processId"_s, {i}));
    QVERIFY2(m_broker.start(), qPrintable(m_broker.problem()));
    const bool isIdle = rig->executor->waitUntilIdle(60s);

    QVERIFY(isIdle);
    for (const Emission &emission : emissions)
        QCOMPARE(endOf(emission).outcome, Outcome::Succeeded);
    QCOMPARE(rig->callbacks().size(), 251); // with the first one
    QCOMPARE(rig->executor->counters().ended, quint64(251));
}

void tst_RealCluster::refusesWrongPasswords()
{
    ClusterOptions options;
    options.address = *brokerAddress(m_broker.address());
    options.address.password = u"wrong"_s;
    ClusterRig rig(options, *makeBrokerTransport());
    rig.on(u"echo"_s);

    const TaskStatus ended = endOf(rig.emitOne(u"echo"_s, {1}));

    QCOMPARE(ended.outcome, Outcome::Rejected);
    QCOMPARE(ended.reason, u"refused-login"_s);
    QVERIFY(ended.error.what.contains("with this password"_L1));
    QVERIFY(!ended.error.what.contains("wrong"_L1));
}

void tst_RealCluster::refusesWrongVirtualHosts()
{
    ClusterOptions options;
    options.address = *brokerAddress(m_broker.address(), {m_broker.passwordFile()});
    options.address.virtualHost = u"other"_s;
    ClusterRig rig(options, *makeBrokerTransport());
    rig.on(u"echo"_s);

    const TaskStatus ended = endOf(rig.emitOne(u"echo"_s, {1}));

    QCOMPARE(ended.outcome, Outcome::Rejected);
    QCOMPARE(ended.reason, u"refused-vhost"_s);
}

void tst_RealCluster::verifiesTheCertificateOfTheBroker()
{
    ClusterOptions options;
    options.address = *brokerAddress(u"amqps://app@localhost:%1/fanfare"_s.arg(m_broker.tlsPort()),
                                     {m_broker.passwordFile()});
    ClusterRig doubting(options, *makeBrokerTransport());
    options.address.authority = m_broker.authorityFile();
    ClusterRig trusting(options, *makeBrokerTransport());
    doubting.on(u"echo"_s);
    trusting.on(u"echo"_s);
    startAgent(u"a"_s);

    const TaskStatus refused = endOf(doubting.emitOne(u"echo"_s, {1}));
    const TaskStatus ended = endOf(trusting.emitOne(u"echo"_s, {1}));

    QCOMPARE(refused.outcome, Outcome::Rejected);
    QCOMPARE(refused.reason, u"untrusted"_s);
    QCOMPARE(ended.outcome, Outcome::Succeeded);
}

void tst_RealCluster::rejectsWhatNoHostStartsInTime()
{
    ClusterOptions options;
    options.startWithin = 200ms;
    auto rig = makeRig(options);
    rig->on(u"echo"_s);

    const TaskStatus ended = endOf(rig->emitOne(u"echo"_s, {1}));

    QCOMPARE(ended.outcome, Outcome::Rejected);
    QCOMPARE(ended.reason, u"expired"_s);
}

void tst_RealCluster::drainsAnAgentThatIsToEnd()
{
    auto rig = makeRig();
    QProcess &agent = startAgent(u"a"_s, 1);
    rig->on(u"nap"_s);
    const Emission emission = rig->emitOne(u"nap"_s, {500});
    QTRY_COMPARE_WITH_TIMEOUT(rig->executor->counters().running, quint64(1), 20'000);

    agent.terminate();
    const TaskStatus ended = endOf(emission);

    QCOMPARE(ended.outcome, Outcome::Succeeded);
    QVERIFY(agent.waitForFinished());
    QCOMPARE(agent.exitCode(), 0);
}

void tst_RealCluster::showsHowFarTasksAre()
{
    auto rig = makeRig();
    startAgent(u"a"_s);
    rig->on(u"halfDone"_s);
    Emission emission = rig->emitOne(u"halfDone"_s, {60'000});

    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const LiveSample sample = rig->executor->sample(0);
            return sample.running.size() == 1 && sample.running.front().progress == 0.5;
        }(),
        20'000);

    emission.cancel();
    QCOMPARE(endOf(emission).outcome, Outcome::Canceled);
}

/// What an app withdraws stays at the broker. The only worker of a host that comes later is not
/// kept for it.
void tst_RealCluster::doesNotWaitForAnAppThatHasEnded()
{
    auto former = makeRig();
    former->on(u"nap"_s);
    Emission withdrawn = former->emitOne(u"nap"_s, {1});
    QTRY_COMPARE_WITH_TIMEOUT(former->executor->clusterCounters().atBroker, quint64(1), 20'000);
    withdrawn.cancel();
    QCOMPARE(endOf(withdrawn).outcome, Outcome::Canceled);
    former.reset();

    auto rig = makeRig();
    startAgent(u"a"_s, 1);
    rig->on(u"echo"_s);
    const TaskStatus ended = endOf(rig->emitOne(u"echo"_s, {1}), 20s); // of the 30 s of silence

    QCOMPARE(ended.outcome, Outcome::Succeeded);
}

QTEST_GUILESS_MAIN(tst_RealCluster)
#include "tst_realcluster.moc"
