// SPDX-License-Identifier: MIT
#include "poolrig.h"

#include <QRegularExpression>
#include <QScopeGuard>
#include <QSet>
#include <QTemporaryFile>
#include <QTest>

#include <algorithm>

using namespace Fanfare;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

static constexpr int trainingCount = 200;
static constexpr int shortCount = 50;

/// Tasks that were sent ahead to a worker whose present task takes longer than expected.
class tst_PoolRecall : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void shortTasksDoNotWaitBehindALongOne();
    void everythingStartsOnceWhenTheWorkerDies();
};

/// Two workers that know the handler \a name as one that takes no time, with these arguments.
static std::unique_ptr<PoolRig> rigOfShort(const QString &name, const QCborArray &arguments)
{
    ProcessPoolOptions options;
    options.minimumWorkers = 2;
    auto rig = std::make_unique<PoolRig>(2, options);
    rig->on(name);
    for (int i = 0; i < trainingCount; ++i)
        (void)rig->emitOne(name, arguments);
    return rig->executor->waitUntilIdle(20s) ? std::move(rig) : nullptr;
}

/// A long one and so many short ones, all at once, so that some of these are sent to the same
/// worker.
static Emission emitBoth(PoolRig &rig, const QString &name, const QCborArray &longOne,
                         const QCborArray &shortOne)
{
    std::vector<Arguments> batch(shortCount + 1, Arguments{shortOne, {}, {}});
    batch.front() = {longOne, {}, {}};
    return *rig.emitter->emitBatch(Event(name), std::move(batch));
}

static int finished(const Emission &emission)
{
    const std::vector<TaskStatus> tasks = emission.tasks();
    return int(std::count_if(tasks.begin(), tasks.end(),
                             [](const TaskStatus &task) { return task.isFinished; }));
}

void tst_PoolRecall::shortTasksDoNotWaitBehindALongOne()
{
    const auto rig = rigOfShort(u"nap"_s, {0});
    QVERIFY(rig);

    Emission emission = emitBoth(*rig, u"nap"_s, {600'000}, {0});
    const auto atEnd = qScopeGuard([&] { emission.cancel(); });
    QTRY_COMPARE_WITH_TIMEOUT(finished(emission), shortCount, 20'000);

    QVERIFY(!emission.tasks().front().isFinished);
    emission.cancel();
    QVERIFY(emission.waitForFinished(20s));
}

/// At any moment of the way back.
void tst_PoolRecall::everythingStartsOnceWhenTheWorkerDies()
{
    QTemporaryFile account;
    QVERIFY(account.open());
    const QString path = account.fileName();
    const auto rig = rigOfShort(u"noteOrDie"_s, {path, 0});
    QVERIFY(rig);

    int emitted = trainingCount;
    for (int time = 4'000; time < 7'000; time += 150) {
        const Emission emission = emitBoth(*rig, u"noteOrDie"_s, {path, time}, {path, 0});
        emitted += shortCount + 1;
        QVERIFY(rig->executor->waitUntilIdle(20s));
        const std::vector<TaskStatus> tasks = emission.tasks();
        QCOMPARE(tasks.front().outcome, Outcome::Crashed);
        for (size_t i = 1; i < tasks.size(); ++i)
            QCOMPARE(tasks[i].outcome, Outcome::Succeeded);
    }

    QList<QByteArray> starts = account.readAll().split('\n');
    starts.removeAll({});
    QCOMPARE(starts.size(), emitted);
    QCOMPARE(QSet<QByteArray>(starts.begin(), starts.end()).size(), emitted);
}

QTEST_GUILESS_MAIN(tst_PoolRecall)
#include "tst_poolrecall.moc"
