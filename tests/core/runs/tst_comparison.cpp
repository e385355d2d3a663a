// SPDX-License-Identifier: MIT
#include "core/runs/samplerun.h"

#include <fanfare/runs/playspeed.h>
#include <fanfare/runs/verdict.h>

#include <QTest>

#include <memory>
#include <random>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_Comparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsADifferenceByItsName_data();
    void callsADifferenceByItsName();
    void findsNothingBetweenEqualRuns();
    void negatesWhenSwapped();
    void swappingAnyRunsNegatesEverything();
    void listsWhatOnlyOneSideHas();
    void namesWhatWasNotAlike();
    void namesAPluginThatWasBuiltAnew();
    void namesOtherQueues();
    void whatOlderVersionsDidNotRecordIsNotKnown();
    void stopsWhenAsked();
};

/// "cores: 2 / 8", and a question mark behind what is not known.
static QStringList differencesOf(const RunSamples &a, const RunSamples &b)
{
    QStringList found;
    const Comparison comparison = compareRuns(a, b);
    for (const EnvironmentDifference &difference : comparison.environment) {
        found.append(difference.what + u": "_s + difference.a + u" / "_s + difference.b
                     + (difference.isKnown ? QString() : u"?"_s));
    }
    return found;
}

void tst_Comparison::callsADifferenceByItsName_data()
{
    QTest::addColumn<int>("tasks");
    QTest::addColumn<double>("factor");
    QTest::addColumn<QString>("judgement");

    QTest::newRow("slower") << 200 << 1.3 << u"slower"_s;
    QTest::newRow("faster") << 200 << 0.7 << u"faster"_s;
    QTest::newRow("certain but too small to matter") << 200 << 1.015 << u"noise"_s;
    QTest::newRow("too few") << 2 << 1.5 << u"too-few"_s;
    QTest::newRow("one below the least that can be judged") << 7 << 1.5 << u"too-few"_s;
    QTest::newRow("the least that can be judged") << 8 << 1.5 << u"slower"_s;
}

void tst_Comparison::callsADifferenceByItsName()
{
    QFETCH(int, tasks);
    QFETCH(double, factor);
    const RunSamples a = sampled({.rounds = 1, .tasks = tasks, .jitter = 0.005}, 1);
    const RunSamples b =
        sampled({.rounds = 1, .tasks = tasks, .run = 1e6 * factor, .jitter = 0.005}, 2);

    const Comparison comparison = compareRuns(a, b);

    const HandlerComparison &handler = comparison.handlers.at(0);
    QTEST(judgementName(handler.running.judgement), "judgement");
    if (tasks > 7) {
        QVERIFY(std::abs(handler.running.relative - (factor - 1)) < 0.01);
        QVERIFY(handler.tail.lower <= handler.tail.estimate);
    }
}

/// Of 100 pairs of equal runs about 5 would differ by the test alone; the noise threshold keeps
/// nearly all of these out.
void tst_Comparison::findsNothingBetweenEqualRuns()
{
    int found = 0;
    for (quint64 seed = 0; seed < 100; ++seed) {
        const RunSamples a = sampled({.rounds = 1}, 2 * seed);
        const RunSamples b = sampled({.rounds = 1}, 2 * seed + 1);
        const auto judgement = compareRuns(a, b).handlers.at(0).running.judgement;
        found += judgement == Judgement::Noise ? 0 : 1;
    }

    QVERIFY2(found <= 2, qPrintable(QString::number(found)));
}

void tst_Comparison::negatesWhenSwapped()
{
    const RunSamples a = sampled({}, 5);
    const RunSamples b = sampled({.travel = 3e5, .run = 1.2e6}, 6);

    const Comparison there = compareRuns(a, b);
    const Comparison back = compareRuns(b, a);

    const HandlerComparison &x = there.handlers.at(0);
    const HandlerComparison &y = back.handlers.at(0);
    QCOMPARE(x.total.shift.estimate, -y.total.shift.estimate);
    QCOMPARE(x.total.shift.lower, -y.total.shift.upper);
    QCOMPARE(x.tail.lower, -y.tail.upper);
    QCOMPARE(x.total.test.p, y.total.test.p);
    QCOMPARE(x.total.judgement, Judgement::Slower);
    QCOMPARE(y.total.judgement, Judgement::Faster);
    QCOMPARE(there.phases.a, back.phases.b);
    QCOMPARE(there.wallRatio(), 1 / back.wallRatio());
}

/// Runs of every kind, from a handful of tasks on, with losses, other workers and other places.
static RunSamples randomRun(std::mt19937_64 &random, quint64 seed)
{
    const auto upTo = [&random](double most) {
        return std::uniform_real_distribution(0.0, most)(random);
    };
    SampleRun run{.executor = upTo(1) < 0.5 ? u"threads"_s : u"processes"_s,
                  .workers = 1 + int(upTo(8)),
                  .rounds = 1 + int(upTo(4)),
                  .tasks = 1 + int(upTo(120)),
                  .queued = upTo(3e6),
                  .travel = upTo(4e5),
                  .run = 2e5 + upTo(2e6),
                  .cpuShare = upTo(1),
                  .jitter = upTo(0.4)};
    run.crashed = int(upTo(run.tasks / 4.0));
    RunSamples samples = sampled(run, seed);
    samples.info.queueBound = qint64(upTo(3));
    samples.info.environment.load = upTo(4);
    return samples;
}

void tst_Comparison::swappingAnyRunsNegatesEverything()
{
    std::mt19937_64 random(20'261'126);
    for (quint64 i = 0; i < 60; ++i) {
        const RunSamples a = randomRun(random, 2 * i);
        const RunSamples b = randomRun(random, 2 * i + 1);

        const Comparison there = compareRuns(a, b);
        const Comparison back = compareRuns(b, a);

        const HandlerComparison &x = there.handlers.at(0);
        const HandlerComparison &y = back.handlers.at(0);
        for (const auto &[to, fro] : {std::pair(&x.total, &y.total), {&x.running, &y.running}}) {
            QCOMPARE(to->shift.estimate, -fro->shift.estimate);
            QCOMPARE(to->shift.lower, -fro->shift.upper);
            QCOMPARE(to->test.p, fro->test.p);
            const bool isJudged =
                to->judgement == Judgement::Faster || to->judgement == Judgement::Slower;
            QCOMPARE(to->judgement == fro->judgement, !isJudged);
        }
        QCOMPARE(x.tail.estimate, -y.tail.estimate);
        QCOMPARE(there.phases.a, back.phases.b);
        QCOMPARE(there.wallRatio(), 1 / back.wallRatio());
        QCOMPARE(there.environment.size(), back.environment.size());
        const Verdict forth = judgeRuns(there);
        const Verdict again = judgeRuns(back);
        QCOMPARE(forth.winner == Winner::Neither, again.winner == Winner::Neither);
        QVERIFY(forth.winner == Winner::Neither || forth.winner != again.winner);
        QCOMPARE(forth.cause, again.cause);
    }
}

void tst_Comparison::listsWhatOnlyOneSideHas()
{
    const RunSamples a = sampled({.handler = u"old"_s}, 1);
    const RunSamples b = sampled({.handler = u"new"_s}, 2);

    const Comparison comparison = compareRuns(a, b);

    QCOMPARE(comparison.handlers.size(), 2U);
    QVERIFY(!comparison.handlers.at(0).a); // "new" comes first
    QVERIFY(!comparison.handlers.at(1).b);
    QCOMPARE(comparison.handlers.at(0).total.judgement, Judgement::TooFew);
}

void tst_Comparison::namesWhatWasNotAlike()
{
    RunSamples a = sampled({}, 1);
    RunSamples b = sampled({}, 1);
    a.info.environment = {.host = u"one"_s, .cores = 2, .load = 0.3};
    b.info.speed = asFastAsPossible;
    b.info.environment = {.host = u"one"_s, .cores = 8, .load = 1.7};
    b.handlers.at(0).versions = QStringList{u"1.1"_s};

    QCOMPARE(differencesOf(a, b),
             (QStringList{u"cores: 2 / 8"_s, u"speed: 1 times / as fast as possible"_s,
                          u"load: 0.3 / 1.7"_s, u"plugin org.example: 1.0 / 1.1"_s}));
}

/// The same version of the same plugin, and two of its handlers: it is told once.
void tst_Comparison::namesAPluginThatWasBuiltAnew()
{
    RunSamples a = sampled({}, 1);
    RunSamples b = sampled({}, 1);
    for (RunSamples *run : {&a, &b}) {
        run->handlers.push_back(run->handlers.front());
        run->handlers.back().key.name = u"zebra"_s;
        for (HandlerSamples &handler : run->handlers)
            handler.builds = {QByteArray(32, run == &a ? 'a' : 'b')};
    }

    QCOMPARE(differencesOf(a, b),
             QStringList{u"plugin org.example: 1.0 (build 616161616161) / 1.0 (build "
                         "626262626262)"_s});

    for (HandlerSamples &handler : b.handlers)
        handler.builds = {QByteArray(32, 'a')};
    QCOMPARE(differencesOf(a, b), QStringList());
}

void tst_Comparison::namesOtherQueues()
{
    RunSamples a = sampled({}, 1);
    RunSamples b = sampled({}, 1);
    a.info.queueBound = 1'000'000;
    a.info.onFull = u"block"_s;
    b.info.queueBound = 100;
    b.info.onFull = u"drop-oldest"_s;

    QCOMPARE(differencesOf(a, b),
             (QStringList{u"queue bound: 1000000 / 100"_s, u"full queue: block / drop-oldest"_s}));
}

void tst_Comparison::whatOlderVersionsDidNotRecordIsNotKnown()
{
    RunSamples old = sampled({}, 1);
    RunSamples now = sampled({}, 1);
    QCOMPARE(differencesOf(old, old), QStringList());
    now.info.queueBound = 100;
    now.info.onFull = u"block"_s;
    now.handlers.front().builds = {QByteArray(32, 'a')};

    QCOMPARE(
        differencesOf(old, now),
        (QStringList{u"queue bound: not recorded / 100?"_s, u"full queue: not recorded / block?"_s,
                     u"build of plugin org.example: not recorded / 1.0 (build "
                     "616161616161)?"_s}));
}

void tst_Comparison::stopsWhenAsked()
{
    const auto stop = std::make_unique<std::stop_source>(); // g++ 12 warns of one on the stack
    stop->request_stop();
    const RunSamples run = sampled({}, 1);

    const Comparison comparison = compareRuns(run, run, {}, stop->get_token());

    QVERIFY(comparison.handlers.empty());
}

QTEST_GUILESS_MAIN(tst_Comparison)
#include "tst_comparison.moc"
