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
    void saysThatMemoryCostsCpu();
    void saysWhoPaysMemoryForTheSameTime();
    void saysWhenOthersHadTheCores();
    void oneUnluckyPairDecidesNothing();
    void pacedRunsAreJudgedByTheirTasks();
    void aSmallDifferenceOfTasksDecidesNothing();
    void doubtfulTasksDecideNothing_data();
    void doubtfulTasksDecideNothing();
    void handlersThatDisagreeAreWeighed();
    void aHandlerOfNextToNothingDecidesNothing();
    void aWideIntervalIsUndecided();
    void manyRoundsBearAnUnluckyOne();
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

/// Rounds of 100 tasks whose processes took \a pages of 4 KiB and \a memory KiB.
static RunSamples measured(const SampleRun &run, qint64 pages, qint64 memory)
{
    RunSamples samples = sampled(run, 3);
    samples.usages.assign(samples.walls.size(), {.allMemory = memory, .faults = pages});
    return samples;
}

void tst_Verdict::saysThatMemoryCostsCpu()
{
    const SampleRun quick{.executor = u"processes"_s};
    const SampleRun hungry{.run = 3e6}; // 2 ms of CPU more for each task
    const qint64 rounds = qint64(sampled(hungry, 3).walls.size());
    const qint64 tasks = qint64(sampled(hungry, 3).tasks()) / rounds;

    const RunSamples processes = measured(quick, 10 * tasks, 1000);
    const RunSamples threads = measured(hungry, 2'000 * tasks, 1000);
    const RunSamples others = measured(hungry, 100 * tasks, 1000);
    const Verdict because = judgeRuns(compareRuns(threads, processes));
    const Verdict otherwise = judgeRuns(compareRuns(others, processes));

    QVERIFY2(because.reasons.join(u' ').contains(u"clears 2000 pages of memory for it, there 10"_s),
             qPrintable(because.reasons.join(u' ')));
    QVERIFY(otherwise.reasons.join(u' ').contains(u"of CPU time"_s));
    QVERIFY(!otherwise.reasons.join(u' ').contains(u"pages"_s));
}

void tst_Verdict::saysWhoPaysMemoryForTheSameTime()
{
    const SampleRun run{.executor = u"processes"_s};
    const RunSamples threads = measured({}, 0, 45 * 1024);

    const Verdict more = judgeRuns(compareRuns(threads, measured(run, 0, 83 * 1024)));
    const Verdict alike = judgeRuns(compareRuns(threads, measured(run, 0, 50 * 1024)));
    const Verdict same = judgeRuns(compareRuns(threads, measured({}, 0, 83 * 1024)));

    QCOMPARE(more.winner, Winner::Neither);
    QCOMPARE(same.reasons.back(), u"B takes 83 MiB of memory for it, A 45 MiB."_s);
    QCOMPARE(more.reasons.back(),
             u"processes × 2 takes 83 MiB of memory for it, threads × 2 45 MiB."_s);
    QVERIFY(!alike.reasons.join(u' ').contains(u"MiB"_s));
}

/// As on a busy machine: handlers take longer, compute the same, and their threads were ready.
void tst_Verdict::saysWhenOthersHadTheCores()
{
    const auto waiting = [](const SampleRun &run, qint64 perTask) {
        RunSamples samples = sampled(run, 3);
        const auto tasks = qint64(samples.tasks() / samples.walls.size());
        samples.usages.assign(samples.walls.size(), {.ready = perTask * tasks});
        samples.info.environment.cores = 2;
        return samples;
    };
    const RunSamples quick = waiting({.executor = u"processes"_s}, 1'000);
    const SampleRun slow{.run = 4e6, .cpuShare = 0.25};
    const SampleRun crowd{.workers = 8, .run = 20e6, .cpuShare = 0.05};

    const Verdict busy = judgeRuns(compareRuns(waiting(slow, 2'500'000), quick));
    const Verdict crowded = judgeRuns(compareRuns(waiting(crowd, 15'000'000), quick));
    const Verdict locked = judgeRuns(compareRuns(waiting(slow, 100'000), quick));

    QCOMPARE(busy.cause, Cause::Cores);
    QVERIFY2(busy.reasons[0].contains(u"waits 2.50 ms longer for a core: other programs"_s),
             qPrintable(busy.reasons[0]));
    QVERIFY(crowded.reasons[0].contains(u"more workers than cores"_s));
    QCOMPARE(locked.cause, Cause::Waiting);
}

/// One round against three, of which only the first is slow: their median is not.
void tst_Verdict::oneUnluckyPairDecidesNothing()
{
    const RunSamples one = sampled({.rounds = 1}, 3);
    RunSamples three = sampled({.executor = u"processes"_s}, 4);
    three.walls = {one.walls[0] * 2, one.walls[0] * 9 / 10, one.walls[0] * 9 / 10};

    const Verdict verdict = judgeRuns(compareRuns(one, three));

    QCOMPARE(verdict.winner, Winner::Neither);
    QVERIFY(verdict.ratio < 1);
}

/// As a scenario with a rate makes them: whatever its tasks take, a round is as long as the
/// scenario.
static RunSamples paced(const SampleRun &run, quint64 seed)
{
    RunSamples samples = sampled(run, seed);
    samples.walls.assign(samples.walls.size(), 1'000'000'000);
    return samples;
}

void tst_Verdict::pacedRunsAreJudgedByTheirTasks()
{
    const RunSamples fast = paced({.rounds = 1, .queued = 1e5, .run = 2e6, .cpuShare = 0.01}, 3);
    const RunSamples slow = paced({.rounds = 1, .queued = 1e5, .run = 12e6, .cpuShare = 0.01}, 4);

    const Verdict there = judgeRuns(compareRuns(fast, slow));
    const Verdict back = judgeRuns(compareRuns(slow, fast));

    QCOMPARE(there.winner, Winner::A);
    QCOMPARE(back.winner, Winner::B);
    QCOMPARE(there.cause, Cause::Waiting);
    QVERIFY2(there.taskRatio > 5.5 && there.taskRatio < 6, qPrintable(there.headline));
    QVERIFY(qFuzzyCompare(back.taskRatio, 1 / there.taskRatio));
    QVERIFY2(there.headline.startsWith(u"A and B took equally long, but tasks of B take 5."_s)
                 && there.headline.contains(u"times as long: example/work 12."_s)
                 && there.headline.contains(u" instead of 2."_s),
             qPrintable(there.headline));
    QVERIFY(back.headline.startsWith(u"A and B took equally long, but tasks of A take 5."_s));
    QVERIFY(isSlower(there, 0.05));
    QVERIFY(!isSlower(there, 5));
    QVERIFY(!isSlower(back, 0.05));
}

/// 15 % may be what one round waits longer than another; and where wall times are apart, queues
/// are.
void tst_Verdict::aSmallDifferenceOfTasksDecidesNothing()
{
    const RunSamples fast = paced({.queued = 1e5}, 3);
    const RunSamples little = paced({.queued = 1e5, .run = 1.15e6}, 4);
    const RunSamples more = paced({.queued = 1e5, .run = 1.6e6}, 4);
    RunSamples apart = more;
    apart.walls = {700'000'000, 1'000'000'000, 1'500'000'000};

    QCOMPARE(judgeRuns(compareRuns(fast, little)).winner, Winner::Neither);
    QCOMPARE(judgeRuns(compareRuns(fast, more)).winner, Winner::A);
    const Verdict undecided = judgeRuns(compareRuns(fast, apart));
    QCOMPARE(undecided.winner, Winner::Neither);
    QVERIFY(undecided.isUndecided);
}

void tst_Verdict::doubtfulTasksDecideNothing_data()
{
    QTest::addColumn<SampleRun>("a");
    QTest::addColumn<SampleRun>("b");

    const SampleRun few{.rounds = 1, .tasks = 12, .queued = 1e5, .jitter = 0.2};
    auto fewSlower = few;
    fewSlower.run = 1.35e6;
    QTest::newRow("an interval that begins at little") << few << fewSlower;

    const SampleRun scattered{.tasks = 3000, .queued = 1e3, .jitter = 1};
    auto scatteredSlower = scattered;
    scatteredSlower.run = 1.4e6;
    QTest::newRow("a small effect") << scattered << scatteredSlower;
}

void tst_Verdict::doubtfulTasksDecideNothing()
{
    QFETCH(SampleRun, a);
    QFETCH(SampleRun, b);
    const RunSamples left = paced(a, 3);
    const RunSamples right = paced(b, 4);

    const Comparison comparison = compareRuns(left, right);

    const HandlerComparison &handler = comparison.handlers[0];
    const auto medianA = double(handler.a->total.quantile(0.5));
    const auto medianB = double(handler.b->total.quantile(0.5));
    QCOMPARE(handler.total.judgement, Judgement::Slower);
    QVERIFY(medianB > 1.2 * medianA);
    QCOMPARE(judgeRuns(comparison).winner, Winner::Neither);
}

void tst_Verdict::handlersThatDisagreeAreWeighed()
{
    RunSamples a = paced({.run = 8e6, .handler = u"long"_s}, 3);
    RunSamples b = paced({.run = 4e6, .handler = u"long"_s}, 4);
    a.handlers.push_back(sampled({.handler = u"short"_s}, 5).handlers[0]);
    b.handlers.push_back(sampled({.run = 3e6, .handler = u"short"_s}, 6).handlers[0]);

    const Verdict verdict = judgeRuns(compareRuns(a, b));

    QCOMPARE(verdict.winner, Winner::B);
    QVERIFY2(verdict.headline.contains(u": example/long "_s), qPrintable(verdict.headline));
    QVERIFY2(verdict.reasons.back().startsWith(u"The other way round: example/short "_s),
             qPrintable(verdict.reasons.back()));
}

void tst_Verdict::aHandlerOfNextToNothingDecidesNothing()
{
    RunSamples a = paced({.run = 8e6, .handler = u"long"_s}, 3);
    RunSamples b = a;
    a.handlers.push_back(
        sampled({.queued = 1e3, .run = 1e4, .handler = u"short"_s}, 5).handlers[0]);
    b.handlers.push_back(
        sampled({.queued = 1e3, .run = 5e4, .handler = u"short"_s}, 6).handlers[0]);

    const Comparison comparison = compareRuns(a, b);

    QCOMPARE(comparison.handlers[1].total.judgement, Judgement::Slower);
    QCOMPARE(judgeRuns(comparison).winner, Winner::Neither);
}

void tst_Verdict::aWideIntervalIsUndecided()
{
    RunSamples a = sampled({}, 3);
    RunSamples b = sampled({.executor = u"processes"_s}, 4);
    a.walls = {100'000, 100'000, 100'000};
    b.walls = {62'000, 81'000, 108'000};

    const Verdict wide = judgeRuns(compareRuns(a, b));
    b.walls = {99'000, 100'000, 101'000};
    const Verdict narrow = judgeRuns(compareRuns(a, b));
    b.walls = {100'000, 100'000, 103'000};
    const Verdict above = judgeRuns(compareRuns(a, b));

    QCOMPARE(wide.headline,
             u"Undecided: processes × 2 takes between 0.62 and 1.08 times (over 3 rounds) as long "
             "as threads × 2; more rounds decide it."_s);
    QVERIFY(wide.isUndecided && wide.winner == Winner::Neither);
    QVERIFY(!narrow.isUndecided);
    QVERIFY(narrow.headline.startsWith(u"No difference that matters"_s));
    QVERIFY(above.isUndecided);
}

/// More rounds decide: a single bad one of nine is none of the rest.
void tst_Verdict::manyRoundsBearAnUnluckyOne()
{
    RunSamples a = sampled({}, 3);
    RunSamples b = sampled({.executor = u"processes"_s}, 4);
    a.walls.assign(9, 100'000);
    b.walls.assign(9, 100'500);
    b.walls[4] = 150'000;

    const Verdict nine = judgeRuns(compareRuns(a, b));
    a.walls.pop_back();
    b.walls.pop_back();
    const Verdict eight = judgeRuns(compareRuns(a, b));

    QVERIFY2(!nine.isUndecided, qPrintable(nine.headline));
    QVERIFY(eight.isUndecided);
}

QTEST_GUILESS_MAIN(tst_Verdict)
#include "tst_verdict.moc"
