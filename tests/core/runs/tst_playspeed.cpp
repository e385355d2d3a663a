// SPDX-License-Identifier: MIT
#include <fanfare/runs/playspeed.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_PlaySpeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySpeedKeepsTheOrderAndScalesTheTimes_data();
    void everySpeedKeepsTheOrderAndScalesTheTimes();
    void asFastAsPossibleWaitsForNothing();
    void aPauseBeginsAStepOfItsOwn();
    void refusesPausesInAMixedOrder();
    void readsASpeed_data();
    void readsASpeed();
};

/// A recorded plan: its third entry repeats the event of the second one after a pause, with values
/// that are made anew.
static std::vector<ScenarioStep> recorded()
{
    const auto scenario = parseScenario(R"({"scenario": 1, "emissions": [
        {"event": "A", "count": 3, "rate": 10},
        {"event": "B", "pauseMs": 250, "count": 4, "arguments": [{"$cycle": [1, 2]}]},
        {"event": "B", "pauseMs": 1000, "count": 2, "rate": 4, "arguments": [{"$cycle": [3, 4]}]},
        {"event": "A", "pauseMs": 0.5}]})",
                                        {});
    if (!scenario)
        qFatal("%s", qPrintable(scenario.error().message));
    return *stepsOf(*scenario);
}

/// All emissions in their order: "A", "B 1" ...
static QStringList orderOf(const std::vector<ScenarioStep> &steps)
{
    QStringList order;
    for (const ScenarioStep &step : steps) {
        for (quint64 i = 0; i < step.count; ++i) {
            const Arguments &arguments = step.arguments[qsizetype(i) % step.arguments.size()];
            order.append(step.event + u' '
                         + QString::number(arguments.positional.at(0).toInteger()));
        }
    }
    return order;
}

void tst_PlaySpeed::everySpeedKeepsTheOrderAndScalesTheTimes_data()
{
    QTest::addColumn<double>("speed");

    for (const double speed : {0.1, 0.5, 1.0, 3.0, 10.0, 100.0})
        QTest::addRow("%g", speed) << speed;
}

void tst_PlaySpeed::everySpeedKeepsTheOrderAndScalesTheTimes()
{
    QFETCH(double, speed);
    const std::vector<ScenarioStep> steps = recorded();
    const auto planned = plannedTimes(steps);
    QCOMPARE(planned.size(), size_t(10));
    QCOMPARE(planned[2], std::chrono::nanoseconds(200ms));  // the third at 10 a second
    QCOMPARE(planned[3], std::chrono::nanoseconds(450ms));  // 250 ms later
    QCOMPARE(planned[7], std::chrono::nanoseconds(1450ms)); // 1 s later
    QCOMPARE(planned[9], std::chrono::nanoseconds(1700'500us));

    const std::vector<ScenarioStep> played = atSpeed(steps, speed);

    QCOMPARE(orderOf(played), orderOf(steps));
    const auto times = plannedTimes(played);
    QCOMPARE(times.size(), planned.size());
    for (size_t i = 0; i < times.size(); ++i) {
        const double wanted = double(planned[i].count()) / speed;
        QVERIFY2(qAbs(double(times[i].count()) - wanted) <= 5, qPrintable(QString::number(i)));
    }
}

void tst_PlaySpeed::asFastAsPossibleWaitsForNothing()
{
    const std::vector<ScenarioStep> played = atSpeed(recorded(), asFastAsPossible);

    QCOMPARE(orderOf(played), orderOf(recorded()));
    for (const std::chrono::nanoseconds time : plannedTimes(played))
        QCOMPARE(time, std::chrono::nanoseconds(0));
}

void tst_PlaySpeed::aPauseBeginsAStepOfItsOwn()
{
    const std::vector<ScenarioStep> steps = recorded();

    QCOMPARE(steps.size(), size_t(4));
    QCOMPARE(steps[2].event, u"B"_s);
    QCOMPARE(steps[2].pause, std::chrono::nanoseconds(1s));
    QCOMPARE(steps[3].pause, std::chrono::nanoseconds(500us));
}

void tst_PlaySpeed::refusesPausesInAMixedOrder()
{
    const auto scenario = parseScenario(R"({"scenario": 1, "order": "mixed", "emissions": [
        {"event": "A"}, {"event": "B", "pauseMs": 1}]})",
                                        {});

    QVERIFY(!scenario);
    QVERIFY2(scenario.error().message.contains(u"emissions[1].pauseMs"_s),
             qPrintable(scenario.error().message));
}

void tst_PlaySpeed::readsASpeed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("speed"); // 0: refused

    QTest::newRow("slowest") << u"0.1"_s << 0.1;
    QTest::newRow("fastest") << u"100"_s << 100.0;
    QTest::newRow("max") << u"max"_s << asFastAsPossible;
    QTest::newRow("too slow") << u"0.09"_s << 0.0;
    QTest::newRow("too fast") << u"101"_s << 0.0;
    QTest::newRow("no number") << u"nan"_s << 0.0;
    QTest::newRow("infinite") << u"inf"_s << 0.0;
    QTest::newRow("nothing") << QString() << 0.0;
}

void tst_PlaySpeed::readsASpeed()
{
    QFETCH(QString, text);
    QFETCH(double, speed);

    const Result<PlaySpeed> read = playSpeed(text);

    QCOMPARE(bool(read), speed != 0);
    if (read)
        QCOMPARE(*read, speed);
    else
        QVERIFY(read.error().message.contains(u"0.1 to 100"_s));
}

QTEST_GUILESS_MAIN(tst_PlaySpeed)
#include "tst_playspeed.moc"
