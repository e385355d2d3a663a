// SPDX-License-Identifier: MIT
#include "desktop/timeline/loadcurve.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace Fanfare;

class tst_LoadCurve final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsAsALookAtEveryTaskDoes_data();
    void sumsAsALookAtEveryTaskDoes();
    void spreadsABucketOverTheColumnsItCovers();
    void takesTasksThatStartedEarlierThanAll();
    void keepsItsMemoryHoweverLongTheRun();
    void knowsNothingOfNothing();
};

namespace {

std::vector<LoadTask> randomTasks(quint32 seed, int count, qint64 spread, qint64 longest)
{
    std::mt19937_64 random(seed);
    const auto below = [&](qint64 bound) { return qint64(random() % quint64(bound)); };
    std::vector<LoadTask> tasks;
    for (int i = 0; i < count; ++i) {
        LoadTask task;
        task.queued = 1 + below(spread);
        task.started = task.queued + below(longest);
        task.finished = task.started + below(longest);
        task.isOnLoop = below(4) == 0;
        task.isFailure = below(10) == 0;
        tasks.push_back(task);
    }
    return tasks;
}

double overlap(qint64 from, qint64 to, qint64 left, qint64 right)
{
    return double(std::max<qint64>(0, std::min(to, right) - std::max(from, left)));
}

} // namespace

void tst_LoadCurve::sumsAsALookAtEveryTaskDoes_data()
{
    QTest::addColumn<qint64>("spread");
    QTest::addColumn<qint64>("longest");
    QTest::newRow("short tasks") << qint64(100'000'000) << qint64(50'000);
    QTest::newRow("tasks longer than the rest of the run")
        << qint64(1'000'000) << qint64(9'000'000);
    QTest::newRow("hours") << qint64(7'200'000'000'000) << qint64(60'000'000'000);
    QTest::newRow("of no length") << qint64(10'000) << qint64(1);
}

void tst_LoadCurve::sumsAsALookAtEveryTaskDoes()
{
    QFETCH(qint64, spread);
    QFETCH(qint64, longest);
    const std::vector<LoadTask> tasks = randomTasks(7, 3'000, spread, longest);
    LoadCurve curve;
    for (const LoadTask &task : tasks)
        curve.add(task);
    const qint64 perColumn = 37 * curve.bucketLength();
    const TimeAxis axis{curve.origin(), double(perColumn), 0};
    const int width = int(LoadCurve::mostBuckets / 37 + 1);

    const std::vector<LoadSum> columns = curve.columns(axis, width);

    quint64 failures = 0;
    for (int x = 0; x < width; ++x) {
        const qint64 left = curve.origin() + x * perColumn;
        LoadSum expected;
        for (const LoadTask &task : tasks) {
            (task.isOnLoop ? expected.looping : expected.running) +=
                overlap(task.started, task.finished, left, left + perColumn);
            expected.waiting += overlap(task.queued, task.started, left, left + perColumn);
            if (task.isFailure && task.started >= left && task.started < left + perColumn)
                ++expected.failures;
        }
        const LoadSum &found = columns[size_t(x)];
        QVERIFY(std::abs(found.running - expected.running) <= 1e-6 * (1 + expected.running));
        QVERIFY(std::abs(found.looping - expected.looping) <= 1e-6 * (1 + expected.looping));
        QVERIFY(std::abs(found.waiting - expected.waiting) <= 1e-6 * (1 + expected.waiting));
        QCOMPARE(found.failures, expected.failures);
        failures += found.failures;
    }
    QCOMPARE(failures, quint64(std::ranges::count_if(tasks, [](const LoadTask &task) {
                 return task.isFailure;
             })));
}

void tst_LoadCurve::spreadsABucketOverTheColumnsItCovers()
{
    LoadCurve curve;
    curve.add({.queued = 5'000, .started = 6'000, .finished = 9'000, .isFailure = true});
    const TimeAxis axis{5'000, 250, 0}; // four columns for each bucket of 1 us

    const std::vector<LoadSum> columns = curve.columns(axis, 20);

    QCOMPARE(columns[3].waiting, 250);
    QCOMPARE(columns[4].waiting, 0);
    QCOMPARE(columns[4].running, 250);
    QCOMPARE(columns[15].running, 250);
    QCOMPARE(columns[16].running, 0);
    QCOMPARE(columns[4].failures, 1U);
}

void tst_LoadCurve::takesTasksThatStartedEarlierThanAll()
{
    LoadCurve curve;
    curve.add({900'000'000, 900'000'000, 900'002'000});

    curve.add({.queued = 1'000, .started = 2'000, .finished = 3'000, .isFailure = true});

    const TimeAxis axis{0, 1e9, 0};
    QCOMPARE(curve.columns(axis, 1)[0].running, 3'000);
    QCOMPARE(curve.columns(axis, 1)[0].waiting, 1'000);
    QCOMPARE(curve.columns(axis, 1)[0].failures, 1U);
    QVERIFY(curve.origin() <= 1'000);
}

void tst_LoadCurve::keepsItsMemoryHoweverLongTheRun()
{
    LoadCurve curve;
    for (qint64 day = 1; day < 400; ++day)
        curve.add({day * 86'400'000'000'000, day * 86'400'000'000'000, day * 86'400'000'000'001});

    const TimeAxis axis{curve.origin(), double(curve.bucketLength()), 0};
    const qint64 length = 400 * qint64(86'400'000'000'000);
    QVERIFY(length / curve.bucketLength() <= qint64(LoadCurve::mostBuckets));
    double all = 0;
    for (const LoadSum &column : curve.columns(axis, int(LoadCurve::mostBuckets)))
        all += column.running;
    QCOMPARE(all, 399.0 * 400 / 2);
}

void tst_LoadCurve::knowsNothingOfNothing()
{
    const LoadCurve curve;

    QVERIFY(curve.isEmpty());
    QCOMPARE(curve.columns(TimeAxis{0, 100, 0}, 3).size(), 3U);
    QVERIFY(curve.columns(TimeAxis{0, 100, 0}, 0).empty());
}

QTEST_MAIN(tst_LoadCurve)
#include "tst_loadcurve.moc"
