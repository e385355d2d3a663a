// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"

#include <fanfare/base/clock.h>

#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldsAnOpenTaskIntoAFinishedOne();
    void countsByOutcome();
    void keepsLanesAndHandlersOverARestart();
    void knowsFormerProcessesOfALane();
    void followsTheProcessesOfALane();
    void tellsTheStateOfTheQueue();
    void makesEntriesForWhatNobodyIntroduced();
    void turnsLostTasksIntoCrashedSpans();
    void blamesTheHandlerThatWasCertain();
    void marksAnExpectedEndWithoutBlame();
    void countsEmissionsOverEngines();
    void knowsEventsFromTheCatalogAndFromTheEmitter();
    void listsAllTasksOfAnEmission();
    void forgetsOnClearButKeepsLanes();
    void boundsTheLogAndCountsTheRest();
    void boundsTheBytesOfTheLog();
    void answersForAnEmptyModel();
    void knowsTheBuildOfEverySpan();
    void knowsTheBuildOfAHandlerThatWasBuiltAgain();
};

/// A catalog with one plugin of the build \a hash, whose handler has the number \a subscriber.
static CatalogFact buildOf(const QByteArray &hash, quint32 subscriber)
{
    PluginFact plugin;
    plugin.version = u"1.0"_s;
    plugin.hash = hash;
    plugin.handlers = {{SubscriberId{subscriber}, u"work"_s}};
    return {{plugin}, {}};
}

/// Numbers of subscribers begin anew with every engine.
void tst_RunModel::knowsTheBuildOfEverySpan()
{
    RunModel model;
    model.setCatalog(buildOf("\xaa\xaa\xaa\xaa"_ba, 1));
    model.setCatalog(buildOf("\xbb\xbb\xbb\xbb"_ba, 2)); // built again: another subscriber
    const qint64 before = MonotonicClock::now();
    model.applyEnd({});
    model.setCatalog(buildOf("\xcc\xcc\xcc\xcc"_ba, 1));
    const qint64 after = MonotonicClock::now();

    QCOMPARE(model.buildOf(SubscriberId{1}, before), u"1.0, build aaaaaaaa"_s);
    QCOMPARE(model.buildOf(SubscriberId{2}, before), u"1.0, build bbbbbbbb"_s);
    QCOMPARE(model.buildOf(SubscriberId{1}, after), u"1.0, build cccccccc"_s);
    QCOMPARE(model.buildOf(SubscriberId{2}, after), QString());
}

/// Kept spans know their handler, not their subscriber.
void tst_RunModel::knowsTheBuildOfAHandlerThatWasBuiltAgain()
{
    RunModel model;
    const qint64 first = MonotonicClock::now();
    model.setCatalog(buildOf("\xaa\xaa\xaa\xaa"_ba, 1));
    const quint32 handler = model.handlerIndex(SubscriberId{1});
    const qint64 before = MonotonicClock::now();
    model.setCatalog(buildOf("\xbb\xbb\xbb\xbb"_ba, 2));
    const qint64 second = MonotonicClock::now();
    model.applyEnd({});
    model.setCatalog(buildOf("\xcc\xcc\xcc\xcc"_ba, 1));
    const qint64 third = MonotonicClock::now();

    QCOMPARE(model.handlerIndex(SubscriberId{1}), handler);
    QCOMPARE(model.buildOfHandler(handler, first), u"1.0, build aaaaaaaa"_s);
    QCOMPARE(model.buildOfHandler(handler, before), u"1.0, build aaaaaaaa"_s);
    QCOMPARE(model.buildOfHandler(handler, second), u"1.0, build bbbbbbbb"_s);
    QCOMPARE(model.buildOfHandler(handler, third), u"1.0, build cccccccc"_s);
    QCOMPARE(model.buildOfHandler(handler + 1, third), QString());
}

void tst_RunModel::foldsAnOpenTaskIntoAFinishedOne()
{
    RunModel model;
    RunStory story(model);
    QSignalSpy changed(&model, &RunModel::changed);
    story.startEngine();
    const TaskId task = story.queued(1, 0);

    story.apply(1);
    const bool wasQueued = model.findOpen(task).has_value() && model.totals().queued == 1;
    story.running(1, RunStory::thread2, 2);
    story.apply(3);
    const bool wasRunning = model.findOpen(task)->started == at(2) && model.totals().running == 1;
    story.span(1, RunStory::thread2, 2, 5);
    story.apply(6);

    QVERIFY(wasQueued);
    QVERIFY(wasRunning);
    QVERIFY(!model.findOpen(task));
    const std::optional<SpanEntry> span = model.find(task);
    QVERIFY(span);
    QCOMPARE(span->record.finished, at(5));
    QCOMPARE(model.lane(span->lane).name, u"thread 2"_s);
    QCOMPARE(model.handler(span->handler).handler, u"sync"_s);
    QCOMPARE(model.totals().running, 0U);
    QCOMPARE(model.totals().queued, 0U);
    QCOMPARE(model.startTime(), at(0));
    QCOMPARE(changed.size(), 3);
}

void tst_RunModel::countsByOutcome()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();

    story.span(1, RunStory::thread1, 0, 1);
    story.span(2, RunStory::thread1, 1, 2, Outcome::Failed);
    story.span(3, RunStory::thread1, 2, 3, Outcome::Failed);
    story.batch.trace.droppedSpans = 5;
    story.apply(4);

    const RunTotals &totals = model.totals();
    QCOMPARE(totals.spans, 3U);
    QCOMPARE(totals.outcomes[size_t(Outcome::Succeeded)], 1U);
    QCOMPARE(totals.outcomes[size_t(Outcome::Failed)], 2U);
    QCOMPARE(totals.droppedSpans, 5U);
}

void tst_RunModel::keepsLanesAndHandlersOverARestart()
{
    RunModel model;
    RunStory first(model, 1);
    first.startEngine(100);
    const TaskId before = first.span(1, RunStory::loop, 0, 1);
    first.apply(1);
    model.applyEnd(EngineEndFact());

    RunStory second(model, 50); // the new engine numbers its subscribers differently
    second.startEngine(200);
    std::swap(second.batch.trace.lanes[0].id, second.batch.trace.lanes[2].id);
    const TaskId after = second.span(2, RunStory::thread1, 10, 11); // id 0 is the loop now
    second.batch.trace.spans.back().subscriber = SubscriberId{51};
    second.apply(12);

    QCOMPARE(model.laneCount(), 3);
    QCOMPARE(model.find(after)->lane, model.find(before)->lane);
    QCOMPARE(model.find(after)->handler, model.find(before)->handler);
    QCOMPARE(model.lane(model.find(after)->lane).pid, 200);
}

void tst_RunModel::knowsFormerProcessesOfALane()
{
    RunModel model;
    RunStory first(model);
    first.startEngine(100);
    first.span(1, RunStory::thread1, 0, 1);
    first.apply(1);
    model.applyEnd(EngineEndFact());
    const qint64 end = model.marks().back().time;

    RunStory second(model);
    second.startEngine(200);
    second.apply(12);

    const quint32 lane = model.laneIndex(RunStory::thread1);
    QCOMPARE(model.pidAt(lane, at(0)), 100);
    QCOMPARE(model.pidAt(lane, end + 1), 200);
    QCOMPARE(model.lane(lane).pid, 200);
}

void tst_RunModel::followsTheProcessesOfALane()
{
    RunModel model;
    RunStory story(model);
    story.startEngine(0);
    story.batch.trace.lanes[0].kind = LaneKind::Process;
    story.batch.trace.laneEvents = {
        {RunStory::thread1, LaneEventKind::Started, at(1), 41, {}},
        {RunStory::thread1, LaneEventKind::Died, at(5), 41, u"signal 9 (SIGKILL)"_s},
        {RunStory::thread1, LaneEventKind::Started, at(6), 42, {}}};
    story.apply(7);

    const quint32 lane = model.laneIndex(RunStory::thread1);
    QCOMPARE(model.pidAt(lane, at(2)), 41);
    QCOMPARE(model.lane(lane).pid, 42);
    QCOMPARE(model.laneEvents(lane).size(), 3U);
    model.clear();
    QVERIFY(model.laneEvents(lane).empty());
    QCOMPARE(model.pidAt(lane, at(6)), 42);
}

void tst_RunModel::tellsTheStateOfTheQueue()
{
    RunModel model;
    RunStory story(model);

    story.batch.counters.queue = {100, FullPolicy::Reject, 90, 3};
    story.apply(1);
    const quint64 rejected = model.queue().rejected;
    model.applyEnd(EngineEndFact());

    QCOMPARE(rejected, 3U);
    QCOMPARE(model.queue().bound, 0U);
}

void tst_RunModel::makesEntriesForWhatNobodyIntroduced()
{
    RunModel model;
    RunStory story(model);

    const TaskId task = story.span(1, LaneId{9}, 0, 1);
    story.apply(1);

    const std::optional<SpanEntry> span = model.find(task);
    QVERIFY(span);
    QVERIFY(!model.lane(span->lane).name.isEmpty());
    QVERIFY(!model.handler(span->handler).handler.isEmpty());
}

static EngineEndFact crashOf(const RunModel &model)
{
    EngineEndFact end;
    end.signal = 11;
    end.reason = u"signal 11 (SIGSEGV)"_s;
    for (const OpenTask &task : model.live().running)
        end.lost.append(task);
    for (const OpenTask &task : model.live().queued)
        end.lost.append(task);
    return end;
}

void tst_RunModel::turnsLostTasksIntoCrashedSpans()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();
    const TaskId running = story.running(1, RunStory::thread2, 2);
    const TaskId queued = story.queued(2, 3);
    story.apply(4);

    model.applyEnd(crashOf(model));

    const std::optional<SpanEntry> ran = model.find(running);
    QVERIFY(ran);
    QCOMPARE(ran->record.outcome, Outcome::Crashed);
    QCOMPARE(ran->record.started, at(2));
    QVERIFY(ran->record.finished > at(4));
    QCOMPARE(model.lane(ran->lane).name, u"thread 2"_s);

    const std::optional<SpanEntry> waited = model.find(queued);
    QVERIFY(waited);
    QCOMPARE(waited->record.outcome, Outcome::Crashed);
    QCOMPARE(waited->record.queued, at(3));
    QCOMPARE(waited->record.started, waited->record.finished);
    QCOMPARE(waited->record.finished, ran->record.finished);
    QVERIFY(waited->lane != ran->lane);

    QCOMPARE(model.totals().outcomes[size_t(Outcome::Crashed)], 2U);
    QCOMPARE(model.totals().running, 0U);
    QCOMPARE(model.totals().queued, 0U);
    QVERIFY(model.detail(running)->error.what.contains(u"SIGSEGV"_s));
    QCOMPARE(model.detail(queued)->reason, u"engine-died"_s);
}

void tst_RunModel::blamesTheHandlerThatWasCertain()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();
    const TaskId task = story.running(1, RunStory::loop, 2);
    story.queued(2, 3);
    story.apply(4);

    EngineEndFact end = crashOf(model);
    end.culprits.append({task, SubscriberId{2}, at(2), true});
    model.applyEnd(end);

    QCOMPARE(model.marks().size(), 1U);
    QCOMPARE(model.marks()[0].text,
             u"engine died: signal 11 (SIGSEGV) in basics / async; 2 tasks lost"_s);
    QCOMPARE(model.marks()[0].time, model.find(task)->record.finished);
}

void tst_RunModel::marksAnExpectedEndWithoutBlame()
{
    RunModel model;

    EngineEndFact end;
    end.wasExpected = true;
    model.applyEnd(end);

    QCOMPARE(model.marks()[0].text, u"engine stopped"_s);
    QCOMPARE(model.spanCount(), 0U);
}

void tst_RunModel::countsEmissionsOverEngines()
{
    RunModel model;
    RunStory story(model);
    const auto applyCounter = [&](quint64 emissions) {
        story.batch.counters.emissions = emissions;
        story.apply(1);
    };

    applyCounter(3);
    applyCounter(10);
    model.applyEnd(EngineEndFact());
    applyCounter(12); // two after the restart would be 12 if it counted on
    const quint64 afterRestart = model.totals().emissions;
    model.clear();
    applyCounter(14);

    QCOMPARE(afterRestart, 22U);
    QCOMPARE(model.totals().emissions, 2U);
}

void tst_RunModel::knowsEventsFromTheCatalogAndFromTheEmitter()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();

    story.span(5, RunStory::thread1, 0, 1);
    story.apply(1);
    model.applyEnd(EngineEndFact()); // numbers of its events mean nothing any more
    model.setEventName(EmissionId{10}, 3, u"FileAdded"_s);

    QCOMPARE(model.eventName(EmissionId{5}), u"StringEvent"_s);
    QCOMPARE(model.eventName(EmissionId{10}), u"FileAdded"_s);
    QCOMPARE(model.eventName(EmissionId{12}), u"FileAdded"_s);
    QVERIFY(model.eventName(EmissionId{13}).isEmpty());
}

void tst_RunModel::listsAllTasksOfAnEmission()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();

    story.span(1, RunStory::thread1, 0, 1);
    story.batch.trace.spans.back().task.index = 2;
    story.span(9, RunStory::thread1, 1, 2);
    story.span(1, RunStory::thread2, 0, 1);
    story.running(1, RunStory::loop, 0);
    story.batch.trace.live.running.back().task.index = 1;
    story.apply(2);

    const EmissionId one{1};
    const std::vector<TaskId> expected{{one, 0}, {one, 1}, {one, 2}};
    QCOMPARE(model.tasksOf(one), expected);
}

void tst_RunModel::forgetsOnClearButKeepsLanes()
{
    RunModel model;
    RunStory story(model);
    story.startEngine();
    const TaskId task = story.span(1, RunStory::thread1, 0, 1);
    story.batch.trace.details.push_back({task, QCborValue(42)});
    story.batch.trace.log.push_back({at(0), task, SubscriberId{1}, LogLevel::Info, u"hello"_s});
    story.apply(1);
    model.applyEnd(EngineEndFact());

    model.clear();

    QCOMPARE(model.spanCount(), 0U);
    QVERIFY(!model.find(task));
    QVERIFY(!model.detail(task));
    QCOMPARE(model.lineCount(), 0U);
    QVERIFY(model.marks().empty());
    QCOMPARE(model.startTime(), 0);
    QCOMPARE(model.totals().spans, 0U);
    QCOMPARE(model.laneCount(), 3);
    QCOMPARE(model.catalog().plugins.size(), 1);
}

void tst_RunModel::boundsTheLogAndCountsTheRest()
{
    RunModel model;
    RunStory story(model);

    for (int i = 0; i < 1'000'010; ++i)
        story.batch.trace.log.push_back({at(i), {}, {}, LogLevel::Info, QString::number(i)});
    story.batch.trace.droppedLines = 7;
    story.apply(1);

    QCOMPARE(model.lineCount(), 1'000'000U);
    QCOMPARE(model.line(0).text, u"10"_s);
    QCOMPARE(model.forgottenLines(), 17U);
}

void tst_RunModel::boundsTheBytesOfTheLog()
{
    RunModel model;
    RunStory story(model);
    const qsizetype mebibyte = 1024 * 1024; // of characters, of two bytes each

    for (int i = 0; i < 200; ++i)
        story.batch.trace.log.push_back({at(i), {}, {}, LogLevel::Info, QString(mebibyte, u'x')});
    story.apply(1);

    QCOMPARE(model.lineCount(), 127U); // of 2 MiB and a few bytes, in 256 MiB
    QCOMPARE(model.forgottenLines(), 73U);
}

void tst_RunModel::answersForAnEmptyModel()
{
    const RunModel model;

    QVERIFY(model.handler(12).handler.isEmpty());
    QVERIFY(model.lane(12).name.isEmpty());
    QVERIFY(model.handler(model.handlerIndex(SubscriberId{3})).handler.isEmpty());
    QVERIFY(model.lane(model.laneIndex(LaneId{3})).name.isEmpty());
    QVERIFY(!model.find({EmissionId{1}, 0}));
    QVERIFY(model.tasksOf(EmissionId{1}).empty());
}

QTEST_GUILESS_MAIN(tst_RunModel)
#include "tst_runmodel.moc"
