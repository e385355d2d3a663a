// SPDX-License-Identifier: MIT
#include "desktop/scenarios/scenariorecorder.h"

#include "desktop/session.h"
#include "desktop/testengine.h"

#include <fanfare/runs/scenario.h>

#include <QJsonObject>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_ScenarioRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsRecordedPlaysTheSameAgain();
    void recordsThePausesInWhichNothingWasEmitted();
    void recordsOnlyBetweenStartAndStop();
    void argumentsThatDifferInShapeAreTheFirstOnes();
};

void tst_ScenarioRecorder::whatIsRecordedPlaysTheSameAgain()
{
    Session session(testEngine());
    ScenarioRecorder recorder(session);
    EmitCommand sleep{u"Sleep"_s, {}, 4, 50};
    for (const int ms : {5, 10})
        sleep.arguments.append(Arguments{{}, {}, {{u"ms"_s, ms}, {u"why"_s, u"test"_s}}});
    EmitCommand echo{u"Echo"_s, {Arguments{{1, u"two"_s}, {{u"three"_s, 3}}, {}}}, 1, 0, 6};
    echo.deadline = std::chrono::milliseconds(250);

    recorder.start();
    Q_EMIT session.emitted(EmissionId{1}, sleep);
    Q_EMIT session.emitted(EmissionId{1}, echo);

    const Result<Scenario> scenario = parseScenario(recorder.json(u"clicks"_s), {});
    QVERIFY2(scenario, scenario ? "" : qPrintable(scenario.error().message));
    QCOMPARE(scenario->name, u"clicks"_s);
    const auto steps = stepsOf(*scenario);
    QVERIFY(steps);
    QCOMPARE(steps->size(), size_t(2));
    QCOMPARE((*steps)[0].event, u"Sleep"_s);
    QCOMPARE((*steps)[0].count, quint64(4));
    QCOMPARE((*steps)[0].rate, 50.0);
    const QList<Arguments> &arguments = (*steps)[0].arguments;
    for (qsizetype k = 0; k < 4; ++k)
        QCOMPARE(arguments[k % arguments.size()].fields, sleep.arguments[k % 2].fields);
    QCOMPARE((*steps)[1].arguments[0], echo.arguments[0]);
    QCOMPARE((*steps)[0].concurrency, quint32(0));
    QCOMPARE((*steps)[1].concurrency, quint32(6));
    QCOMPARE((*steps)[0].taskDeadline, std::chrono::milliseconds(0));
    QCOMPARE((*steps)[1].taskDeadline, echo.deadline);
}

void tst_ScenarioRecorder::recordsThePausesInWhichNothingWasEmitted()
{
    Session session(testEngine());
    qint64 now = 0;
    ScenarioRecorder recorder(session, nullptr, [&now] { return now; });
    const auto emitAt = [&](qint64 millisecond) {
        now = millisecond * 1'000'000;
        Q_EMIT session.emitted(EmissionId{1}, {u"Echo"_s, {}, 1, 0});
    };
    const auto endAt = [&](qint64 millisecond) {
        now = millisecond * 1'000'000;
        Q_EMIT session.commandEnded(1);
    };
    recorder.start();

    emitAt(100); // the first has nothing before it
    endAt(150);
    emitAt(400);
    emitAt(450); // while the one before is still being emitted
    endAt(500);
    endAt(600);
    emitAt(1600);
    endAt(1601);
    emitAt(200'000'000); // two days later

    const auto steps = stepsOf(*parseScenario(recorder.json(u"clicks"_s), {}));
    QVERIFY(steps);
    QList<qint64> pauses;
    for (const ScenarioStep &step : *steps)
        pauses.append(step.pause.count() / 1'000'000);
    QCOMPARE(pauses, (QList<qint64>{0, 250, 0, 1000, 86'400'000}));
}

void tst_ScenarioRecorder::recordsOnlyBetweenStartAndStop()
{
    Session session(testEngine());
    ScenarioRecorder recorder(session);
    const EmitCommand command{u"StringEvent"_s, {}, 1, 0};

    Q_EMIT session.emitted(EmissionId{1}, command);
    recorder.start();
    Q_EMIT session.emitted(EmissionId{1}, command);
    recorder.stop();
    Q_EMIT session.emitted(EmissionId{1}, command);

    QCOMPARE(recorder.count(), 1);
}

void tst_ScenarioRecorder::argumentsThatDifferInShapeAreTheFirstOnes()
{
    EmitCommand command{u"Sleep"_s, {}, 2, 0};
    command.arguments = {Arguments{{}, {}, {{u"ms"_s, 1}}}, Arguments{{}, {}, {{u"other"_s, 2}}}};

    const QJsonObject entry = scenarioEntry(command);

    QCOMPARE(entry[u"fields"_s].toObject(), (QJsonObject{{u"ms"_s, 1}}));
}

QTEST_GUILESS_MAIN(tst_ScenarioRecorder)
#include "tst_scenariorecorder.moc"
