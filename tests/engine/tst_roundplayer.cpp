// SPDX-License-Identifier: MIT
#include <fanfare/engine/roundseries.h>
#include <fanfare/engine/runfacts.h>
#include <fanfare/runs/runreader.h>

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// With the real engine and the real plugins.
class tst_RoundPlayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsTheRunInTheOrderOfTheSteps();
    void keepsQueueAndUsage_data();
    void keepsQueueAndUsage();
    void refusesInTheWordsOfItsPlanner();
    void refusesAPathThatIsTaken();
    void anEngineThatDiesIsPartOfTheRun();
    void cancelsAtTheDeadline();
    void keepsToTheConcurrency_data();
    void keepsToTheConcurrency();
    void whatIsCanceledMakesNoRoom();
    void cancelingEndsItAndTheSecondTimeKills();
    void waitsForThePauseOfAStep();
    void cancelingInAPauseEndsIt();
    void saysWhyTheEngineCannotStart();
    void aSeriesGoesForwardsAndBackwards();
    void aSeriesEndsWithTheFirstRefusal();

private:
    RoundEnd played(RoundPlayer &player);
    QString path() const { return m_folder->filePath(u"round.ffrun"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_RoundPlayer::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
    m_folder = std::make_unique<QTemporaryDir>();
}

static EngineOptions engine()
{
    return {.hostPath = QStringLiteral(FANFARE_TEST_BIN_DIR "/fanfare-host"),
            .pluginFolders = {QStringLiteral(FANFARE_TEST_PLUGIN_DIR)},
            .workers = 1};
}

static ScenarioStep step(const QString &event, quint64 count, const QCborMap &fields = {})
{
    return {event, {{{}, {}, fields}}, count, 0};
}

/// Takes every step as it is; each makes one task an emission.
static Result<ScenarioPlan> plan(const std::vector<ScenarioStep> &steps, const CatalogFact &)
{
    ScenarioPlan plan;
    for (const ScenarioStep &step : steps) {
        plan.commands.push_back(
            {step.event, step.arguments, step.count, step.rate, step.concurrency});
        plan.tasks += step.count;
    }
    return plan;
}

RoundEnd tst_RoundPlayer::played(RoundPlayer &player)
{
    QSignalSpy ended(&player, &RoundPlayer::ended);
    player.start();
    if (!ended.wait(30'000))
        return {};
    return player.end();
}

/// The events of the emissions of the run at \a path, in their order.
static QStringList eventsOf(const QString &path)
{
    Result<RunReader> reader = RunReader::open(path);
    std::map<quint64, QString> events;
    TraceBatch batch;
    while (reader && reader->read(batch)) {
        for (const SpanRecord &span : batch.spans) {
            const auto &known = reader->names().events;
            const auto event = std::ranges::find(known, span.event, &RunEvent::number);
            events[number(span.task.emission)] = event == known.end() ? u"?"_s : event->name;
        }
        batch = {};
    }
    QStringList names;
    for (const auto &[emission, name] : events)
        names.append(name);
    return names;
}

void tst_RoundPlayer::keepsTheRunInTheOrderOfTheSteps()
{
    const QCborMap short1{{u"ms"_s, 1}};
    RoundPlayer player(engine(), newRunInfo(engine()),
                       {{step(u"Echo"_s, 2), step(u"Sleep"_s, 1, short1), step(u"Echo"_s, 1)}},
                       &plan, path());

    const RoundEnd end = played(player);

    QCOMPARE(end.refusal + end.trouble + end.unkept, QString());
    QCOMPARE(end.path, path());
    QCOMPARE(end.index.tasks(), 4U);
    QCOMPARE(end.index.emissions, 4U);
    QCOMPARE(player.progress().share(), 1.0);
    QCOMPARE(eventsOf(path()), (QStringList{u"Echo"_s, u"Echo"_s, u"Sleep"_s, u"Echo"_s}));
}

void tst_RoundPlayer::keepsQueueAndUsage_data()
{
    QTest::addColumn<ExecutorKind>("executor");
    QTest::addColumn<int>("workers");

    QTest::newRow("threads") << ExecutorKind::Threads << 0;
    QTest::newRow("processes") << ExecutorKind::Processes << 1;
}

void tst_RoundPlayer::keepsQueueAndUsage()
{
    QFETCH(ExecutorKind, executor);
    QFETCH(int, workers);
    EngineOptions options = engine();
    options.executor = executor;
    options.queueBound = 50;
    options.onFull = FullPolicy::Reject;
    RoundPlayer player(options, newRunInfo(options), {{step(u"Spin"_s, 6, {{u"ms"_s, 20}})}}, &plan,
                       path());

    const RoundEnd end = played(player);

    QCOMPARE(end.refusal + end.trouble + end.unkept, QString());
    const auto reader = RunReader::open(path());
    QVERIFY(reader && reader->index());
    QCOMPARE(reader->info().queueBound, 50);
    QCOMPARE(reader->info().onFull, u"reject"_s);
    const std::vector<ProcessUsage> &processes = reader->index()->processes;
    QCOMPARE(std::ranges::count_if(processes, &ProcessUsage::isWorker), workers);
    QVERIFY(!processes.empty() && !processes.front().isWorker);
    // The one that computed 120 ms; a look may be a tick of the clock late.
    QVERIFY2(processes.back().cpu > 60'000'000, qPrintable(QString::number(processes.back().cpu)));
    QVERIFY(processes.back().peakMemory > 1'000);
}

void tst_RoundPlayer::refusesInTheWordsOfItsPlanner()
{
    const auto refusing = [](const std::vector<ScenarioStep> &, const CatalogFact &) {
        return Result<ScenarioPlan>(Error{ErrorCode::NotFound, u"Nobody reacts."_s});
    };
    RoundPlayer player(engine(), newRunInfo(engine()), {{step(u"Echo"_s, 1)}}, refusing, path());

    const RoundEnd end = played(player);

    QCOMPARE(end.refusal, u"Nobody reacts."_s);
    QVERIFY(end.path.isEmpty());
    QVERIFY(!QFile::exists(path()));
}

void tst_RoundPlayer::refusesAPathThatIsTaken()
{
    QFile taken(path());
    QVERIFY(taken.open(QIODevice::WriteOnly));
    RoundPlayer player(engine(), newRunInfo(engine()), {{step(u"Echo"_s, 1)}}, &plan, path());

    const RoundEnd end = played(player);

    QVERIFY2(end.refusal.contains(path()), qPrintable(end.refusal));
}

void tst_RoundPlayer::anEngineThatDiesIsPartOfTheRun()
{
    RoundPlayer player(engine(), newRunInfo(engine()),
                       {{step(u"ChaosSegfault"_s, 1), step(u"Echo"_s, 3)}}, &plan, path());

    const RoundEnd end = played(player);

    QVERIFY2(end.trouble.startsWith(u"The engine died"_s), qPrintable(end.trouble));
    QCOMPARE(end.path, path());
    QVERIFY(end.index.outcomes[size_t(Outcome::Crashed)] >= 1);
}

void tst_RoundPlayer::cancelsAtTheDeadline()
{
    const QCborMap fields{{u"ms"_s, 50}};
    RoundPlayer player(engine(), newRunInfo(engine()), {{step(u"Sleep"_s, 200, fields)}, 300ms},
                       &plan, path());

    const RoundEnd end = played(player);

    QVERIFY2(end.trouble.contains(u"deadline"_s), qPrintable(end.trouble));
    QVERIFY(!end.wasCanceled); // not by the user
    const auto count = [&end](Outcome outcome) { return end.index.outcomes[size_t(outcome)]; };
    QCOMPARE(end.index.tasks(), 200U);
    QVERIFY(count(Outcome::Succeeded) >= 1 && count(Outcome::Succeeded) < 20);
    QVERIFY(count(Outcome::Canceled) > 180);
}

/// How many of the tasks of the run at \a path were open at once at most, from the acceptance by
/// emit() to the end of the handler.
static int mostOpen(const QString &path)
{
    Result<RunReader> reader = RunReader::open(path);
    std::vector<std::pair<qint64, int>> changes;
    TraceBatch batch;
    while (reader && reader->read(batch)) {
        for (const SpanRecord &span : batch.spans) {
            changes.emplace_back(span.queued, 1);
            changes.emplace_back(span.finished, -1);
        }
        batch = {};
    }
    std::ranges::sort(changes); // an end comes before a begin of the same time
    int open = 0;
    int most = 0;
    for (const auto &[time, change] : changes)
        most = std::max(most, open += change);
    return most;
}

void tst_RoundPlayer::keepsToTheConcurrency_data()
{
    QTest::addColumn<ExecutorKind>("executor");
    QTest::addColumn<double>("rate");

    QTest::newRow("threads") << ExecutorKind::Threads << 0.0;
    QTest::newRow("threads at a rate") << ExecutorKind::Threads << 1e6;
    QTest::newRow("processes") << ExecutorKind::Processes << 0.0;
}

/// Of two entries together, and the second goes on where the first ended.
void tst_RoundPlayer::keepsToTheConcurrency()
{
    QFETCH(ExecutorKind, executor);
    QFETCH(double, rate);
    EngineOptions options = engine();
    options.executor = executor;
    options.workers = 4;
    const QCborMap fields{{u"ms"_s, 3}};
    std::vector<ScenarioStep> steps{step(u"Sleep"_s, 20, fields), step(u"Echo"_s, 200)};
    for (ScenarioStep &one : steps) {
        one.concurrency = 2;
        one.rate = rate;
    }
    RoundPlayer player(options, newRunInfo(options), {steps}, &plan, path());

    const RoundEnd end = played(player);

    QCOMPARE(end.refusal + end.trouble + end.unkept, QString());
    QCOMPARE(end.index.outcomes[size_t(Outcome::Succeeded)], 220U);
    QCOMPARE(mostOpen(path()), 2);
}

void tst_RoundPlayer::whatIsCanceledMakesNoRoom()
{
    const QCborMap fields{{u"ms"_s, 20}};
    std::vector<ScenarioStep> steps{step(u"Sleep"_s, 1'000, fields)};
    steps[0].concurrency = 3;
    RoundPlayer player(engine(), newRunInfo(engine()), {steps, 300ms}, &plan, path());

    const RoundEnd end = played(player);

    QVERIFY2(end.trouble.contains(u"deadline"_s), qPrintable(end.trouble));
    QVERIFY(end.index.tasks() < 60); // and none of the others is begun
}

void tst_RoundPlayer::cancelingEndsItAndTheSecondTimeKills()
{
    const QCborMap fields{{u"ms"_s, 20}};
    RoundPlayer player(engine(), newRunInfo(engine()), {{step(u"Sleep"_s, 1'000, fields)}}, &plan,
                       path());
    QSignalSpy ended(&player, &RoundPlayer::ended);
    player.start();
    QTRY_VERIFY(player.progress().finished > 0);

    player.cancel();
    player.cancel();

    QVERIFY(ended.wait(10'000));
    QVERIFY(player.end().wasCanceled);
    QCOMPARE(player.end().trouble, QString());
    QVERIFY(player.end().index.tasks() > 0);
}

void tst_RoundPlayer::waitsForThePauseOfAStep()
{
    ScenarioStep late = step(u"Sleep"_s, 1, {{u"ms"_s, 1}});
    late.pause = 200ms;
    RoundPlayer player(engine(), newRunInfo(engine()), {{step(u"Echo"_s, 1), late}}, &plan, path());

    const RoundEnd end = played(player);

    QCOMPARE(end.refusal + end.trouble + end.unkept, QString());
    QCOMPARE(eventsOf(path()), (QStringList{u"Echo"_s, u"Sleep"_s}));
    QVERIFY2(end.index.wall() >= 200'000'000, qPrintable(QString::number(end.index.wall())));
}

void tst_RoundPlayer::cancelingInAPauseEndsIt()
{
    ScenarioStep late = step(u"Echo"_s, 1);
    late.pause = 1h;
    RoundPlayer player(engine(), newRunInfo(engine()), {{step(u"Echo"_s, 1), late}}, &plan, path());
    QSignalSpy ended(&player, &RoundPlayer::ended);
    player.start();
    QTRY_COMPARE(player.progress().finished, 1U);

    player.cancel();

    QVERIFY(ended.wait(4'000)); // before it is killed
    QVERIFY(player.end().wasCanceled);
    QCOMPARE(player.end().index.tasks(), 1U);
}

void tst_RoundPlayer::saysWhyTheEngineCannotStart()
{
    EngineOptions nowhere = engine();
    nowhere.hostPath = m_folder->filePath(u"absent"_s);
    RoundPlayer player(nowhere, newRunInfo(nowhere), {{step(u"Echo"_s, 1)}}, &plan, path());

    const RoundEnd end = played(player);

    QVERIFY2(end.refusal.endsWith(u'.'), qPrintable(end.refusal));
}

void tst_RoundPlayer::aSeriesGoesForwardsAndBackwards()
{
    const Result<Scenario> scenario = parseScenario(
        R"({"scenario": 1, "name": "x", "seed": 5, "emissions": [{"event": "Echo"}]})", {});
    QVERIFY(scenario);
    RoundSeries series({.scenario = *scenario,
                        .steps = *stepsOf(*scenario),
                        .engine = engine(),
                        .configurations = {{ExecutorKind::Threads, 1}, {ExecutorKind::Inline, 0}},
                        .repeat = 2,
                        .folder = m_folder->path()},
                       &plan);
    QSignalSpy finished(&series, &RoundSeries::finished);
    QStringList order;
    connect(&series, &RoundSeries::roundEnded, this,
            [&] { order.append(executorName(series.configuration().executor)); });

    series.start();

    QVERIFY(finished.wait(30'000));
    QCOMPARE(order, (QStringList{u"threads"_s, u"inline"_s, u"inline"_s, u"threads"_s}));
    QCOMPARE(series.paths().at(0).size(), 2);
    const Result<RunReader> last = RunReader::open(series.paths().at(0).at(1));
    QVERIFY(last);
    QCOMPARE(last->info().round, 4);
    QCOMPARE(last->info().seed, 5U);
    QCOMPARE(last->info().label, u"x"_s);
    QCOMPARE(roundOrder(3, 2), (std::vector<size_t>{0, 1, 2, 2, 1, 0}));
}

void tst_RoundPlayer::aSeriesEndsWithTheFirstRefusal()
{
    const auto refusing = [](const std::vector<ScenarioStep> &, const CatalogFact &) {
        return Result<ScenarioPlan>(Error{ErrorCode::NotFound, u"No."_s});
    };
    RoundSeries series({.steps = {step(u"Echo"_s, 1)},
                        .engine = engine(),
                        .configurations = {{}},
                        .repeat = 3,
                        .folder = m_folder->path()},
                       refusing);
    QSignalSpy finished(&series, &RoundSeries::finished);
    int rounds = 0;
    connect(&series, &RoundSeries::roundEnded, this, [&rounds] { ++rounds; });

    series.start();

    QVERIFY(finished.wait(30'000));
    QCOMPARE(rounds, 1);
    QVERIFY(series.paths().at(0).isEmpty());
}

QTEST_GUILESS_MAIN(tst_RoundPlayer)
#include "tst_roundplayer.moc"
