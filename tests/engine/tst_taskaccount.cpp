// SPDX-License-Identifier: MIT
#include <fanfare/engine/eventhistory.h>
#include <fanfare/engine/taskaccount.h>

#include <QTest>

#include <memory>
#include <random>
#include <set>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_TaskAccount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersNumbersLikeASet();
    void losesWhatWasAcceptedAndNotFinished();
    void takesTheAcceptedCountFromTheFlightLog();
    void knowsThatARunningTaskWasAccepted();
    void forgetsSettledCommands();
    void neverCountsBackwards();
    void ignoresTasksItDoesNotKnow();
    void staysSmallForAMillionEmissions();
    void takesTimesFromWhereTheyAreKnown();
    void settlesEverythingWhenTheEngineSaysSo();
    void historyNamesTheLastMillion();
    void knowsWhoReceivedWhatBeforeAndAfterAReload();
    void losesTasksOfBothBuilds();
};

static Recipe twoHandlers()
{
    return {{SubscriberId(4), SubscriberId(9)}, 5, true};
}

static std::vector<SpanRecord> spansOf(std::initializer_list<TaskId> tasks)
{
    std::vector<SpanRecord> spans;
    for (const TaskId &task : tasks) {
        spans.emplace_back();
        spans.back().task = task;
    }
    return spans;
}

static TaskId task(quint64 emission, quint16 index)
{
    return {EmissionId(emission), index};
}

static QList<TaskId> tasksOf(const QList<OpenTask> &open)
{
    QList<TaskId> tasks;
    for (const OpenTask &one : open)
        tasks.append(one.task);
    return tasks;
}

/// An event whose receivers are exchanged after three of ten emissions, by one more than before.
static void reload(TaskAccount &account)
{
    Recipe former{{SubscriberId(1), SubscriberId(2)}, 5, true, u"E"_s};
    account.add(1, EmissionId(1), 10, former, 0);
    account.setAccepted(1, 3, 100);
    account.setRecipes([](const QString &event) {
        return Recipe{{SubscriberId(1), SubscriberId(8), SubscriberId(9)}, 5, true, event};
    });
    account.setAccepted(1, 5, 200);
}

void tst_TaskAccount::knowsWhoReceivedWhatBeforeAndAfterAReload()
{
    TaskAccount account;

    reload(account);

    QCOMPARE(account.subscriberOf(task(3, 1)), SubscriberId(2));
    QCOMPARE(account.subscriberOf(task(3, 2)), SubscriberId());
    QCOMPARE(account.subscriberOf(task(4, 1)), SubscriberId(8));
    QCOMPARE(account.subscriberOf(task(5, 2)), SubscriberId(9));
}

void tst_TaskAccount::losesTasksOfBothBuilds()
{
    TaskAccount account;
    reload(account);
    account.setFinished(spansOf({task(1, 0), task(1, 1), task(2, 0), task(4, 2), task(5, 0)}), 0);

    const TaskAccount::Losses losses = account.closeAll(nullptr, 300);

    QCOMPARE(tasksOf(losses.lost),
             (QList<TaskId>{task(2, 1), task(3, 0), task(3, 1), task(4, 0), task(4, 1), task(5, 1),
                            task(5, 2)}));
    QCOMPARE(losses.lost.last().subscriber, SubscriberId(9));
    QCOMPARE(losses.neverEmitted, quint64(5));
}

void tst_TaskAccount::remembersNumbersLikeASet()
{
    FinishedSet set;
    std::set<quint64> expected;
    std::mt19937 random(5);

    for (int i = 0; i < 20'000; ++i) {
        const quint64 value = quint64(i) / 2 + random() % 300;
        QCOMPARE(set.add(value), expected.insert(value).second);
        const quint64 probe = random() % 12'000;
        QCOMPARE(set.contains(probe), expected.contains(probe));
    }
    QCOMPARE(set.count(), quint64(expected.size()));
    for (quint64 i = 0; i < set.completeEnd(); ++i)
        QVERIFY(expected.contains(i));
}

void tst_TaskAccount::losesWhatWasAcceptedAndNotFinished()
{
    TaskAccount account;
    account.add(1, EmissionId(10), 5, twoHandlers(), 100);
    account.setAccepted(1, 2, 200);
    account.setFinished(spansOf({task(10, 1)}), 0);

    const TaskAccount::Losses losses = account.closeAll(nullptr, 300);

    QCOMPARE(tasksOf(losses.lost), (QList<TaskId>{task(10, 0), task(11, 0), task(11, 1)}));
    QVERIFY(losses.lost[0].subscriber == SubscriberId(4));
    QVERIFY(losses.lost[2].subscriber == SubscriberId(9));
    QCOMPARE(losses.lost[0].event, 5u);
    QCOMPARE(losses.neverEmitted, quint64(3));
    QCOMPARE(losses.interrupted.size(), 1);
    QCOMPARE(losses.interrupted.first().emissions, quint64(2));
    QCOMPARE(losses.interrupted.first().tasks, quint64(4));
    QVERIFY(account.isEmpty());
}

void tst_TaskAccount::takesTheAcceptedCountFromTheFlightLog()
{
    TaskAccount account;
    account.add(1, EmissionId(1), 10, twoHandlers(), 0);
    account.add(2, EmissionId(11), 10, twoHandlers(), 0);
    const auto flight = std::make_unique<FlightLog>();
    flight->commands[7].command = 2;
    flight->commands[7].accepted = 3;

    const TaskAccount::Losses losses = account.closeAll(flight.get(), 1);

    QCOMPARE(losses.lost.size(), 6);
    QCOMPARE(losses.neverEmitted, quint64(17));
}

void tst_TaskAccount::knowsThatARunningTaskWasAccepted()
{
    TaskAccount account;
    account.add(1, EmissionId(1), 10, twoHandlers(), 0);
    const auto flight = std::make_unique<FlightLog>();
    OpenTask open;
    open.task = task(4, 0);
    flight->slots[0].enter(open);

    const TaskAccount::Losses losses = account.closeAll(flight.get(), 1);

    QCOMPARE(losses.lost.size(), 8);
    QCOMPARE(losses.neverEmitted, quint64(6));
}

void tst_TaskAccount::forgetsSettledCommands()
{
    TaskAccount account;
    account.add(1, EmissionId(1), 1, twoHandlers(), 0);
    account.setEnded({1, 1, 2, {}}, 1);
    account.setFinished(spansOf({task(1, 0)}), 0);
    account.closeSettled();
    QVERIFY(!account.isEmpty());
    QVERIFY(account.subscriberOf(task(1, 1)) == SubscriberId(9));

    account.setFinished(spansOf({task(1, 1)}), 0);
    account.closeSettled();

    QVERIFY(account.isEmpty());
    QVERIFY(account.subscriberOf(task(1, 1)) == SubscriberId());
}

void tst_TaskAccount::neverCountsBackwards()
{
    TaskAccount account;
    account.add(1, EmissionId(1), 10, twoHandlers(), 0);
    account.setAccepted(1, 5, 1);

    account.setAccepted(1, 3, 2);
    account.setAccepted(1, 99, 3);

    QCOMPARE(account.closeAll(nullptr, 4).neverEmitted, quint64(0));
}

void tst_TaskAccount::ignoresTasksItDoesNotKnow()
{
    TaskAccount account;
    account.add(1, EmissionId(5), 2, twoHandlers(), 0);

    account.setFinished(spansOf({task(4, 0), task(7, 0), task(5, 2), task(0, 0)}), 0);
    account.setAccepted(77, 5, 1);

    QCOMPARE(account.closeAll(nullptr, 1).neverEmitted, quint64(2));
}

void tst_TaskAccount::staysSmallForAMillionEmissions()
{
    constexpr quint64 count = 1'000'000;
    TaskAccount account;
    account.add(1, EmissionId(1), count, twoHandlers(), 0);
    account.setAccepted(1, count, 1);
    std::vector<SpanRecord> spans(1000);

    for (quint64 next = 0; next < 2 * count - 1; next += spans.size()) {
        for (size_t i = 0; i < spans.size(); ++i) {
            const quint64 number = next + i;
            spans[i].task = task(1 + number / 2, quint16(number % 2));
        }
        if (next + spans.size() == 2 * count)
            spans.pop_back(); // the very last task is lost
        account.setFinished(spans, 0);
    }

    const TaskAccount::Losses losses = account.closeAll(nullptr, 2);
    QCOMPARE(tasksOf(losses.lost), QList<TaskId>{task(count, 1)});
}

void tst_TaskAccount::takesTimesFromWhereTheyAreKnown()
{
    TaskAccount account;
    account.add(1, EmissionId(1), 10, {{SubscriberId(4)}, 5, true}, 100);
    account.setAccepted(1, 2, 200);
    account.setAccepted(1, 4, 300);
    OpenTask sampled;
    sampled.task = task(1, 0);
    sampled.queued = 111;
    sampled.started = 122;
    account.setLive({150, {sampled}, {}, 0});

    const QList<OpenTask> lost = account.closeAll(nullptr, 400).lost;

    QCOMPARE(lost.size(), 4);
    QCOMPARE(lost[0].queued, 111);
    QCOMPARE(lost[0].started, 122);
    QCOMPARE(lost[1].queued, 200);
    QCOMPARE(lost[2].queued, 300);
    QCOMPARE(lost[3].queued, 300);
    QCOMPARE(lost[3].started, 0);
}

void tst_TaskAccount::settlesEverythingWhenTheEngineSaysSo()
{
    TaskAccount account;
    account.add(1, EmissionId(1), 2, twoHandlers(), 0);
    account.setEnded({1, 2, 4, {}}, 1); // and the records of its tasks were dropped

    account.setAllFinished();

    QVERIFY(account.closeAll(nullptr, 2).lost.isEmpty());
}

void tst_TaskAccount::historyNamesTheLastMillion()
{
    EventHistory history;
    QVERIFY(history.add(u"A"_s, 10) == EmissionId(1));
    QVERIFY(history.add(u"B"_s, 5) == EmissionId(11));
    QCOMPARE(history.eventOf(EmissionId(10)), u"A"_s);
    QCOMPARE(history.eventOf(EmissionId(11)), u"B"_s);
    QCOMPARE(history.eventOf(EmissionId(16)), QString());

    QVERIFY(history.add(u"C"_s, 2'000'000) == EmissionId(16));

    QCOMPARE(history.eventOf(EmissionId(10)), QString());
    QCOMPARE(history.eventOf(EmissionId(1'500'000)), u"C"_s);
    QCOMPARE(history.eventOf(EmissionId(0)), QString());
}

QTEST_APPLESS_MAIN(tst_TaskAccount)
#include "tst_taskaccount.moc"
