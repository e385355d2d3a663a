// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/spanexport.h"
#include "desktop/timeline/timelinescene.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Fanfare;
using Command = TimelineCommand;

class tst_TimelineScene final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void centersThenFillsTheView();
    void recallsBookmarks();
    void writesAndRemovesNotes();
    void writesANoteAtARange();
    void undoesWhatWasEdited();
    void undoesTypingAtOnce();
    void stepsAlongTheFlow();
    void arrangesLanes();
    void sortsLanesOnce();
    void keepsPinnedLanesInView();
    void countsTheRulerFromElsewhere();
    void foldsAGroupAndUndoesIt();
    void showsTasksOfAFoldedGroupInItsLane();
    void filtersOneLaneAndUndoesIt();
    void cyclesTheDepthOfArrows();
    void collapsesIdleTimeWhereTheMouseIs();
    void togglesALaneOfTheArea();
    void exportsTasks();

private:
    void select(quint64 emission) { m_scene->select(TaskId{EmissionId{emission}, 0}); }
    double begin() { return double(m_scene->frame().axis.timeAt(0) - storyStart) / 1e6; }
    double end() { return double(m_scene->frame().axis.timeAt(1'000) - storyStart) / 1e6; }
    std::vector<quint32> order() const;

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineScene> m_scene;
};

// Ten seconds, of which the first one is in view on 1,000 pixels.
void tst_TimelineScene::init()
{
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_story->span(1, RunStory::thread1, 100, 300);
    m_story->span(2, RunStory::thread1, 400, 9'000);
    m_story->span(3, RunStory::thread2, 200, 500, Outcome::Failed);
    m_story->span(4, RunStory::loop, 50, 10'000);
    m_story->apply(10'000);
    m_scene = std::make_unique<TimelineScene>(*m_model);
    const int header = timelineAreas(QSize(1'000, 300)).plot.x();
    m_scene->resize(QSize(header + 1'000, 300), 1);
    m_scene->zoomTo(at(0), at(1'000));
}

std::vector<quint32> tst_TimelineScene::order() const
{
    std::vector<quint32> lanes;
    for (const LanePlace &place : m_scene->lanes().places())
        lanes.push_back(place.lane);
    return lanes;
}

void tst_TimelineScene::centersThenFillsTheView()
{
    m_scene->zoomTo(at(150), at(1'150));
    select(3);

    QVERIFY(m_scene->run(Command::FitSelection));
    const double centered = (begin() + end()) / 2;
    const double length = end() - begin();
    m_scene->run(Command::FitSelection);

    QVERIFY(std::abs(centered - 350) < 2);
    QVERIFY(std::abs(length - 1'000) < 2);
    QVERIFY(end() - begin() < 340);
    QVERIFY(begin() < 200 && end() > 500);
    select(2); // longer than the view: filled at once
    m_scene->run(Command::FitSelection);
    QVERIFY(begin() < 400 && end() > 9'000);
}

void tst_TimelineScene::recallsBookmarks()
{
    m_scene->setBookmark(3);
    m_scene->zoomTo(at(5'000), at(6'000));

    QVERIFY(!m_scene->goToBookmark(4));
    QVERIFY(std::abs(begin() - 5'000) < 2);
    QVERIFY(m_scene->goToBookmark(3));
    QVERIFY(std::abs(begin()) < 2);
    m_scene->run(Command::ViewBack);
    QVERIFY(std::abs(begin() - 5'000) < 2);
}

void tst_TimelineScene::writesAndRemovesNotes()
{
    TimelineNote note = m_scene->notePlace(false, 250.0);
    note.text = QStringLiteral("  slow\n here ");
    m_scene->addNote(note);
    m_scene->addNote(m_scene->notePlace(false, 700.0)); // without a text there is none

    QCOMPARE(m_scene->notes().all().size(), 1U);
    QCOMPARE(m_scene->notes().all()[0].text, QStringLiteral("slow here"));
    QVERIFY(std::abs(m_scene->notes().all()[0].from - at(250)) < 2'000'000);
    QVERIFY(!m_scene->run(Command::RemoveNote, {.x = 300.0}));
    QVERIFY(m_scene->run(Command::RemoveNote, {.x = 254.0}));
    QVERIFY(m_scene->notes().all().empty());
}

void tst_TimelineScene::writesANoteAtARange()
{
    m_scene->setMarkers({at(300), at(600)});
    const TimelineNote atMarkers = m_scene->notePlace(true, 10.0);
    m_scene->setArea(TimelineArea{at(100), at(200), {0}});
    const TimelineNote atArea = m_scene->notePlace(true, 10.0);

    QCOMPARE(atMarkers.from, at(300));
    QCOMPARE(atMarkers.to, at(600));
    QCOMPARE(atArea.to, at(200));
}

void tst_TimelineScene::undoesWhatWasEdited()
{
    TimelineNote note{at(1), at(1), QStringLiteral("x")};
    m_scene->addNote(note);
    m_scene->run(Command::PinLane, {.lane = 2});
    m_scene->setFilter(QStringLiteral("sync"));

    QVERIFY(m_scene->run(Command::Undo));
    QVERIFY(m_scene->filter().text().isEmpty() && !m_scene->filter().isActive());
    QVERIFY(m_scene->arrangement().isPinned(2));
    QVERIFY(m_scene->run(Command::Undo));
    QVERIFY(!m_scene->arrangement().isPinned(2));
    QCOMPARE(order(), (std::vector<quint32>{0, 1, 2}));
    QVERIFY(m_scene->run(Command::Undo));
    QVERIFY(m_scene->notes().all().empty());
    QVERIFY(!m_scene->run(Command::Undo));

    QVERIFY(m_scene->run(Command::Redo));
    QVERIFY(m_scene->run(Command::Redo));
    QVERIFY(m_scene->arrangement().isPinned(2));
    m_scene->addNote(note); // what was undone is gone
    QVERIFY(!m_scene->run(Command::Redo));
}

void tst_TimelineScene::undoesTypingAtOnce()
{
    for (const char *text : {"h", "ha", "han", "handler:sync"})
        m_scene->setFilter(QString::fromLatin1(text));

    m_scene->run(Command::Undo);

    QVERIFY(m_scene->filter().text().isEmpty());
}

void tst_TimelineScene::stepsAlongTheFlow()
{
    SpanRecord record;
    for (const double start : {700.0, 200.0, 900.0}) {
        record.task = {EmissionId{50}, quint16(record.task.index + 1)};
        record.queued = at(120);
        record.started = at(start);
        record.finished = at(start + 50);
        record.subscriber = SubscriberId{1};
        record.lane = RunStory::loop;
        m_story->batch.trace.spans.push_back(record);
    }
    m_story->apply(10'001);
    m_scene->takeChanges();
    m_scene->select(TaskId{EmissionId{50}, 2}); // the earliest

    QVERIFY(!m_scene->run(Command::PreviousInFlow));
    QVERIFY(m_scene->run(Command::NextInFlow));
    QCOMPARE(m_scene->selected()->index, quint16(1));
    QVERIFY(m_scene->run(Command::NextInFlow));
    QCOMPARE(m_scene->selected()->index, quint16(3));
    QVERIFY(!m_scene->run(Command::NextInFlow));
}

void tst_TimelineScene::arrangesLanes()
{
    m_scene->run(Command::HideLane, {.lane = 0});
    const std::vector<quint32> hidden = order();
    m_scene->run(Command::ShowAllLanes);
    m_scene->moveLane(2, 0);
    const std::vector<quint32> moved = order();
    const int height = m_scene->lanes().placeOf(1)->height;
    select(3); // on thread 2
    m_scene->run(Command::CycleLaneHeight);

    QCOMPARE(hidden, (std::vector<quint32>{1, 2}));
    QCOMPARE(moved, (std::vector<quint32>{2, 0, 1}));
    QVERIFY(m_scene->lanes().placeOf(1)->height > height);
}

void tst_TimelineScene::sortsLanesOnce()
{
    m_scene->run(Command::SortByBusy);
    const std::vector<quint32> busy = order();
    m_scene->run(Command::SortByFailures);
    const std::vector<quint32> failures = order();
    m_scene->run(Command::SortByFirstActivity);
    const std::vector<quint32> first = order();
    m_scene->run(Command::SortByName);

    QCOMPARE(busy, (std::vector<quint32>{2, 0, 1}));
    QCOMPARE(failures.front(), 1U);
    QCOMPARE(first, (std::vector<quint32>{2, 0, 1}));
    QCOMPARE(order(), (std::vector<quint32>{0, 1, 2}));
}

void tst_TimelineScene::keepsPinnedLanesInView()
{
    for (int i = 0; i < 60; ++i)
        m_story->span(quint64(100 + i), RunStory::loop, 10, 10'000);
    m_story->apply(10'001);
    m_scene->takeChanges();
    m_scene->run(Command::PinLane, {.lane = 1});

    m_scene->scroll(100);

    const TimelineFrame &frame = m_scene->frame();
    QCOMPARE(frame.scroll, 100);
    QCOMPARE(frame.rows[0].lane, 1U);
    QVERIFY(frame.rows[0].y >= frame.areas.lanes.y());
    QVERIFY(frame.rows[0].y < frame.areas.lanes.y() + frame.pinnedHeight);
    for (size_t i = 1; i < frame.rowCount; ++i)
        QCOMPARE(frame.rows[i].clipTop, frame.areas.lanes.y() + frame.pinnedHeight);
    const QPointF onPinned(frame.areas.plot.x() + 300, frame.rows[0].y + 5);
    QCOMPARE(m_scene->hit(onPinned).place.lane, 1U);
}

void tst_TimelineScene::countsTheRulerFromElsewhere()
{
    const auto timeOfTick = [this] {
        const RulerTick &tick = m_scene->frame().ticks.at(1);
        return m_scene->frame().axis.timeAt(tick.x) - tick.time; // from when it counts
    };
    m_scene->setMarkers({at(300)});
    select(2);

    m_scene->run(Command::CycleTimes);
    const qint64 midnight = timeOfTick();
    m_scene->run(Command::CycleTimes);
    const qint64 marker = timeOfTick();
    m_scene->run(Command::CycleTimes);
    const qint64 emission = timeOfTick();
    m_scene->run(Command::CycleTimes);

    constexpr qint64 pixel = 1'000'000;
    QVERIFY(at(0) - midnight >= 0);
    QVERIFY(at(0) - midnight < 25LL * 3600 * 1'000'000'000);
    QVERIFY(std::abs(marker - at(300)) <= pixel);
    QVERIFY(std::abs(emission - at(399)) <= pixel);
    QCOMPARE(m_scene->times(), RulerTimes::SinceStart);
}

void tst_TimelineScene::foldsAGroupAndUndoesIt()
{
    const LaneGroup threads{LaneKind::Thread, {}};
    QVERIFY(m_scene->run(Command::FoldGroup, {.lane = 1}));
    const std::vector<quint32> folded = order();
    const SavedEdits saved = m_scene->saved();
    QVERIFY(m_scene->run(Command::Undo));
    const std::vector<quint32> unfolded = order();
    select(3); // on thread 2
    QVERIFY(m_scene->run(Command::FoldGroup));
    const std::vector<quint32> bySelection = order();
    QVERIFY(m_scene->run(Command::FoldAllGroups)); // all are: unfolds them

    QCOMPARE(folded, (std::vector<quint32>{2}));
    QVERIFY(saved.edits.lanes.isFolded(threads));
    QCOMPARE(unfolded, (std::vector<quint32>{0, 1, 2}));
    QCOMPARE(bySelection, folded);
    QCOMPARE(order(), unfolded);
}

void tst_TimelineScene::showsTasksOfAFoldedGroupInItsLane()
{
    m_scene->run(Command::FoldAllGroups);
    const TimelineFrame &frame = m_scene->frame();
    const GroupPlace &group = m_scene->lanes().groups().at(0);
    const int y = frame.areas.lanes.y() + group.barY + 3;
    const int x = frame.areas.plot.x();
    select(4);

    const TimelineHit hit = m_scene->hit(QPointF(x + 250, y));
    const bool isStepped = m_scene->run(Command::NextFailure); // on thread 2
    const auto place =
        taskPlace(m_scene->tracks(), m_scene->model(), *m_scene->selected(), m_scene->now());
    const QRectF rect = placeRect(m_scene->frame(), m_scene->lanes(), *place);
    const TimelineArea area =
        areaBetween(m_scene->frame(), m_scene->lanes(), QPointF(x + 10, y), QPointF(x + 500, y));

    QCOMPARE(frame.groups.size(), 1U);
    QCOMPARE(hit.kind, HitKind::Group);
    QCOMPARE(hit.from, frame.axis.timeAt(250));
    QVERIFY(isStepped);
    QCOMPARE(number(m_scene->selected()->emission), 3U);
    QCOMPARE(int(rect.y()), frame.areas.lanes.y() + group.barY);
    QCOMPARE(area.lanes, (std::vector<quint32>{0, 1}));
}

void tst_TimelineScene::filtersOneLaneAndUndoesIt()
{
    const auto isShown = [this](quint64 emission) {
        FilterMatches *matches = m_scene->filter().matches();
        const auto place = m_scene->tracks().placeOf(*m_model, TaskId{EmissionId{emission}, 0});
        return !matches || matches->matches(m_scene->tracks().row(place->lane, place->row), *place);
    };

    QVERIFY(m_scene->setLaneFilter(0, QStringLiteral(" run>1s ")));
    const std::vector<bool> ofLane{isShown(1), isShown(2), isShown(3), isShown(4)};
    m_scene->setFilter(QStringLiteral("outcome:succeeded"));
    while (m_scene->count()) { }
    const std::vector<bool> both{isShown(1), isShown(2), isShown(3), isShown(4)};
    const quint64 count = m_scene->filter().matches()->count();
    const Result<void> wrong = m_scene->setLaneFilter(1, QStringLiteral("run>often"));
    m_scene->run(Command::Undo);
    m_scene->run(Command::Undo);
    const bool isUndone = !m_scene->filter().isActive();
    m_scene->run(Command::Redo);
    const SavedEdits saved = m_scene->saved();
    QVERIFY(m_scene->run(Command::ClearFilter));

    QCOMPARE(ofLane, (std::vector<bool>{false, true, true, true}));
    QCOMPARE(both, (std::vector<bool>{false, true, false, true}));
    QCOMPARE(count, 2U);
    QVERIFY(!wrong && !wrong.error().message.isEmpty());
    QVERIFY(isUndone);
    QCOMPARE(saved.edits.lanes.filter(0), QStringLiteral("run>1s"));
    QVERIFY(!m_scene->filter().isActive());
    QVERIFY(m_scene->arrangement().filters().empty());
}

void tst_TimelineScene::cyclesTheDepthOfArrows()
{
    std::vector<FlowDepth> depths{m_scene->flow()};
    for (int i = 0; i < 3; ++i) {
        m_scene->run(Command::CycleFlow);
        depths.push_back(m_scene->flow());
    }

    QVERIFY(depths
            == (std::vector{FlowDepth::Emission, FlowDepth::Off, FlowDepth::Task,
                            FlowDepth::Emission}));
}

void tst_TimelineScene::collapsesIdleTimeWhereTheMouseIs()
{
    m_story->span(5, RunStory::thread2, 60'000, 60'300); // after 50 s of nothing
    m_story->apply(60'300);
    m_scene->takeChanges();
    m_scene->zoomTo(at(0), at(61'000));
    const double x = m_scene->frame().axis.xOf(at(60'100));

    QVERIFY(m_scene->run(Command::CollapseIdle, {.x = x}));
    const TimeAxis axis = m_scene->frame().axis;
    m_scene->fitAll();
    const double wide = m_scene->frame().axis.xOf(at(60'300));
    select(5);
    const auto place =
        taskPlace(m_scene->tracks(), m_scene->model(), *m_scene->selected(), m_scene->now());
    const QRectF rect = placeRect(m_scene->frame(), m_scene->lanes(), *place);
    const std::optional<TaskId> hit =
        taskAt(m_scene->hit(rect.center()), m_scene->tracks(), m_scene->model());
    m_scene->setArea(TimelineArea{at(0), at(60'300), {0, 1}});
    while (m_scene->count()) { }
    const AreaStatistics &found = *m_scene->area().statistics();

    QVERIFY(m_scene->collapsesIdle());
    QVERIFY(std::abs(axis.xOf(at(60'100)) - x) < 0.5);
    QVERIFY(axis.xOf(at(60'000)) - axis.xOf(at(10'000)) < 50);
    QVERIFY(wide > 950 && wide < 990);
    QVERIFY(rect.width() > 20); // 300 ms of 61 s had five pixels
    QCOMPARE(hit, m_scene->selected());
    QCOMPARE(found.count, 4U);
    QVERIFY(std::abs(found.busyFraction() - (200 + 8'600 + 300 + 300) / 60'300.0 / 2) < 1e-9);
    m_scene->run(Command::CollapseIdle);
    QVERIFY(!m_scene->frame().axis.folds);
}

void tst_TimelineScene::togglesALaneOfTheArea()
{
    m_scene->toggleInArea(0); // there is none: nothing happens
    m_scene->setArea(TimelineArea{at(0), at(1'000), {0, 1}});

    m_scene->toggleInArea(0);
    m_scene->toggleInArea(2);

    QCOMPARE(m_scene->area().area()->lanes, (std::vector<quint32>{1, 2}));
}

void tst_TimelineScene::exportsTasks()
{
    const auto span = m_model->find({EmissionId{3}, 0});
    const QJsonObject json = QJsonDocument::fromJson(spanJson(*m_model, *span).toUtf8()).object();
    const QString table =
        areaTable(*m_model, m_scene->tracks(), TimelineArea{at(0), at(1'000), {0, 1}});

    QCOMPARE(json.value(u"handler").toString(), QStringLiteral("sync"));
    QCOMPARE(json.value(u"outcome").toString(), QStringLiteral("failed"));
    QCOMPARE(json.value(u"finishedNs").toInteger() - json.value(u"startedNs").toInteger(),
             qint64(300'000'000));
    const QStringList lines = table.trimmed().split(u'\n');
    QCOMPARE(lines.size(), 4); // a head and three tasks
    for (const QString &line : lines)
        QCOMPARE(line.count(u','), 9);
    QVERIFY(lines[3].startsWith(QStringLiteral("3,0,basics,sync,StringEvent,thread 2,failed,")));
}

QTEST_MAIN(tst_TimelineScene)
#include "tst_timelinescene.moc"
