// SPDX-License-Identifier: MIT
#include "core/runs/samplerun.h"

#include <fanfare/runs/verdict.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Fanfare::SampleRun)

class tst_Verdict : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhoWinsAndWhy_data();
    void saysWhoWinsAndWhy();
    void mirrorsWhenSwapped();
    void comparesUnequalNumbersOfTasksPerTask();
    void hasNothingToSayOfEmptyRuns();
    void needsMoreOfASingleRound();
};

void tst_Verdict::saysWhoWinsAndWhy_data()
{
    QTest::addColumn<SampleRun>("a");
    QTest::addColumn<SampleRun>("b");
    QTest::addColumn<Winner>("winner");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QStringList>("words"); // somewhere in headline and reasons

    const SampleRun threads;
    const SampleRun processes{.executor = u"processes"_s};
    auto locked = threads;
    locked.run = 2e6;
    locked.cpuShare = 0.26;
    QTest::newRow("one lock") << locked << processes << Winner::B << u"waiting"_s
                              << QStringList{u"threads × 2 takes"_s,
                                             u"74 % of their run time off the CPU"_s};

    auto travelling = processes;
    travelling.travel = 5.5e5;
    QTest::newRow("short tasks travel")
        << threads << travelling << Winner::A << u"travel"_s
        << QStringList{u"processes × 2 takes"_s, u"pays 1.10 ms for the way"_s};

    auto hungry = threads;
    hungry.run = 2e6;
    QTest::newRow("contended memory")
        << hungry << processes << Winner::B << u"computing"_s << QStringList{u"of CPU time"_s};

    QTest::newRow("pure computing")
        << threads << processes << Winner::Neither << u"nothing"_s
        << QStringList{u"No difference that matters"_s, u"the cores are the limit"_s};

    auto crashing = threads;
    crashing.crashed = 106;
    auto surviving = processes;
    surviving.crashed = 1;
    QTest::newRow("a crash") << crashing << surviving << Winner::B << u"lost-tasks"_s
                             << QStringList{u"318 of 600 tasks were lost there, 3 of 600 here"_s,
                                            u"The handler work crashed"_s};

    auto more = threads;
    more.workers = 8;
    auto fewer = threads;
    fewer.queued = 9e6;
    QTest::newRow("fewer workers")
        << more << fewer << Winner::A << u"slots"_s << QStringList{u"threads × 8 has 8 workers"_s};
}

void tst_Verdict::saysWhoWinsAndWhy()
{
    QFETCH(SampleRun, a);
    QFETCH(SampleRun, b);
    QFETCH(QStringList, words);
    const RunSamples left = sampled(a, 3);
    const RunSamples right = sampled(b, 4);

    const Verdict verdict = judgeRuns(compareRuns(left, right));

    const QString text = verdict.headline + u" | "_s + verdict.reasons.join(u" | "_s);
    QTEST(causeName(verdict.cause), "cause");
    QTEST(verdict.winner, "winner");
    for (const QString &part : words)
        QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY(verdict.lowest <= verdict.ratio * 1.001 && verdict.ratio <= verdict.highest * 1.001);
}

void tst_Verdict::mirrorsWhenSwapped()
{
    const RunSamples left = sampled({}, 3);
    const RunSamples right = sampled({.executor = u"processes"_s, .travel = 4e5}, 4);

    const Verdict there = judgeRuns(compareRuns(left, right));
    const Verdict back = judgeRuns(compareRuns(right, left));

    QCOMPARE(there.winner, Winner::A);
    QCOMPARE(back.winner, Winner::B);
    QCOMPARE(there.reasons, back.reasons);
    QCOMPARE(there.headline, back.headline);
}

/// A run that is half done takes half the time, and is no faster for that.
void tst_Verdict::comparesUnequalNumbersOfTasksPerTask()
{
    const RunSamples whole = sampled({.tasks = 400}, 3);
    const RunSamples half = sampled({.executor = u"processes"_s, .tasks = 200}, 4);
    const RunSamples slow = sampled({.executor = u"processes"_s, .tasks = 200, .run = 3e6}, 4);

    const Comparison alike = compareRuns(whole, half);
    const Comparison slower = compareRuns(whole, slow);

    QVERIFY(alike.isPerTask);
    QCOMPARE(judgeRuns(alike).winner, Winner::Neither);
    const Verdict verdict = judgeRuns(slower);
    QCOMPARE(verdict.winner, Winner::A);
    QVERIFY2(verdict.headline.startsWith(u"For a task"_s), qPrintable(verdict.headline));
    QVERIFY2(verdict.ratio > 2.7 && verdict.ratio < 3.3, qPrintable(verdict.headline));
    QVERIFY(!compareRuns(whole, whole).isPerTask);
}

void tst_Verdict::hasNothingToSayOfEmptyRuns()
{
    const RunSamples empty;
    const RunSamples run = sampled({}, 1);

    const Verdict verdict = judgeRuns(compareRuns(empty, run));

    QCOMPARE(verdict.winner, Winner::Neither);
    QVERIFY(verdict.headline.contains(u"nothing to compare"_s));
}

/// 10 % is a difference when three rounds agree on it, and none when only one was made.
void tst_Verdict::needsMoreOfASingleRound()
{
    for (const int rounds : {1, 3}) {
        const RunSamples left = sampled({.rounds = rounds, .jitter = 0.01}, 3);
        const RunSamples right = sampled({.rounds = rounds, .run = 1.1e6, .jitter = 0.01}, 4);

        const Verdict verdict = judgeRuns(compareRuns(left, right));

        QCOMPARE(verdict.winner, rounds == 1 ? Winner::Neither : Winner::A);
    }
}

QTEST_GUILESS_MAIN(tst_Verdict)
#include "tst_verdict.moc"
