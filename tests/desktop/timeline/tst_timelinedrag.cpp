// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/flowlayout.h"
#include "desktop/timeline/timelinedrag.h"

#include <QMouseEvent>
#include <QTest>

using namespace Fanfare;

class tst_TimelineDrag final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void marksAnAreaOverTimeAndLanes();
    void snapsToTheEdgesOfTasks();
    void doesNotSnapWhileAltIsHeld();
    void movesTheEdgeOfAnArea();
    void countsWhatIsInTheArea();
    void zoomsToABox();
    void goesBackAfterAZoom();
    void measuresInTheRuler();
    void clearsFromInsideToOutside();
    void tellsAClickFromADrag();
    void drawsArrowsToTheTasksOfAnEmission();

private:
    QPointF point(double milliseconds, int lane = 0);
    QPointF ruler(double milliseconds);
    void press(QPointF at, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void move(QPointF at, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    bool release(QPointF at);
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineScene> m_scene;
    std::unique_ptr<TimelineDrag> m_drag;
};

// One second on 1,000 pixels.
void tst_TimelineDrag::init()
{
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_story->span(1, RunStory::thread1, 100, 300);
    m_story->span(2, RunStory::thread1, 400, 900);
    m_story->span(3, RunStory::thread2, 200, 500, Outcome::Failed);
    m_story->span(4, RunStory::loop, 0, 1'000);
    m_story->apply(1'000);
    m_scene = std::make_unique<TimelineScene>(*m_model);
    const int header = timelineAreas(QSize(1'000, 300)).plot.x();
    m_scene->resize(QSize(header + 1'000, 300), 1);
    m_scene->zoomTo(at(0), at(1'000));
    m_drag = std::make_unique<TimelineDrag>(*m_scene);
}

QPointF tst_TimelineDrag::point(double milliseconds, int lane)
{
    const TimelineFrame &frame = m_scene->frame();
    return QPointF(frame.areas.plot.x() + frame.axis.xOf(at(milliseconds)),
                   frame.areas.lanes.y() + groupHeaderHeight + 32 * lane + 16);
}

QPointF tst_TimelineDrag::ruler(double milliseconds)
{
    return QPointF(point(milliseconds).x(), m_scene->frame().areas.ruler.center().y());
}

void tst_TimelineDrag::press(QPointF at, Qt::KeyboardModifiers modifiers)
{
    m_drag->press(
        QMouseEvent(QEvent::MouseButtonPress, at, at, Qt::LeftButton, Qt::LeftButton, modifiers));
}

void tst_TimelineDrag::move(QPointF at, Qt::KeyboardModifiers modifiers)
{
    m_drag->move(QMouseEvent(QEvent::MouseMove, at, at, Qt::NoButton, Qt::LeftButton, modifiers));
}

bool tst_TimelineDrag::release(QPointF at)
{
    return m_drag->release(
        QMouseEvent(QEvent::MouseButtonRelease, at, at, Qt::LeftButton, Qt::NoButton, {}));
}

void tst_TimelineDrag::drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers)
{
    press(from, modifiers);
    move((from + to) / 2, modifiers);
    move(to, modifiers);
    release(to);
}

void tst_TimelineDrag::marksAnAreaOverTimeAndLanes()
{
    drag(point(630, 1), point(350, 0));

    const std::optional<TimelineArea> &area = m_scene->area().area();
    QVERIFY(area);
    QVERIFY(std::abs(area->from - at(350)) < 1'000'000);
    QVERIFY(std::abs(area->to - at(630)) < 1'000'000);
    QCOMPARE(area->lanes.size(), 2U);
}

void tst_TimelineDrag::snapsToTheEdgesOfTasks()
{
    drag(point(303), point(896));

    QCOMPARE(m_scene->area().area()->from, at(300));
    QCOMPARE(m_scene->area().area()->to, at(900));
}

/// Alt from the start zooms: it is pressed on the way.
void tst_TimelineDrag::doesNotSnapWhileAltIsHeld()
{
    const auto isNear = [](qint64 time, double milliseconds) {
        return std::abs(time - at(milliseconds)) < 1'000'000;
    };
    press(point(303));
    move(point(600));
    move(point(896), Qt::AltModifier);
    release(point(896));
    const TimelineArea area = *m_scene->area().area();
    press(point(896)); // an edge of the area
    move(point(700));
    move(point(503), Qt::AltModifier);
    release(point(503));
    const qint64 edge = m_scene->area().area()->to;
    press(ruler(303), Qt::AltModifier);
    move(ruler(600), Qt::AltModifier);
    move(ruler(896), Qt::AltModifier);
    release(ruler(896));

    QVERIFY(isNear(area.from, 303) && isNear(area.to, 896));
    QVERIFY(isNear(edge, 503));
    QCOMPARE(m_scene->markers().size(), 2U);
    QVERIFY(isNear(m_scene->markers()[0], 303) && isNear(m_scene->markers()[1], 896));
}

void tst_TimelineDrag::movesTheEdgeOfAnArea()
{
    drag(point(350), point(630));

    drag(point(631), point(700));
    const qint64 moved = m_scene->area().area()->to;
    drag(point(700), point(250)); // beyond the other edge

    QVERIFY(std::abs(moved - at(700)) < 1'000'000);
    QVERIFY(std::abs(m_scene->area().area()->from - at(250)) < 1'000'000);
    QVERIFY(std::abs(m_scene->area().area()->to - at(350)) < 1'000'000);
}

void tst_TimelineDrag::countsWhatIsInTheArea()
{
    drag(point(50, 0), point(450, 1));

    while (m_scene->count()) { }

    const AreaStatistics &found = *m_scene->area().statistics();
    QCOMPARE(found.count, 3U);
    QCOMPARE(found.spans.run.count(), 3U);
    QCOMPARE(found.failures, 1U);
    QVERIFY(std::abs(found.busy - 500'000'000) < 2'000'000);
}

void tst_TimelineDrag::zoomsToABox()
{
    drag(point(200), point(400), Qt::AltModifier);

    const TimeAxis axis = m_scene->frame().axis;
    QVERIFY(std::abs(axis.timeAt(0) - at(200)) < 1'000'000);
    QVERIFY(std::abs(axis.timeAt(1'000) - at(400)) < 1'000'000);
    QVERIFY(!m_scene->area().area());
}

void tst_TimelineDrag::goesBackAfterAZoom()
{
    const TimeAxis before = m_scene->frame().axis;
    drag(point(200), point(400), Qt::AltModifier);

    m_scene->run(TimelineCommand::ViewBack);
    const TimeAxis back = m_scene->frame().axis;
    m_scene->run(TimelineCommand::ViewForward);

    QCOMPARE(back.timeAt(0), before.timeAt(0));
    QCOMPARE(back.nsPerPixel, before.nsPerPixel);
    QVERIFY(std::abs(m_scene->frame().axis.timeAt(0) - at(200)) < 1'000'000);
}

void tst_TimelineDrag::measuresInTheRuler()
{
    press(ruler(600));
    release(ruler(600));
    const size_t one = m_scene->markers().size();
    drag(ruler(350), ruler(303)); // the second one, snapped
    const std::vector<qint64> two = m_scene->markers();
    drag(ruler(601), ruler(750)); // the first one moves
    const std::vector<qint64> moved = m_scene->markers();
    const bool isRemoved = m_drag->removeMarker(ruler(750));

    QCOMPARE(one, 1U);
    QCOMPARE(two.size(), 2U);
    QCOMPARE(two[0], at(300));
    QCOMPARE(moved[0], at(300));
    QVERIFY(std::abs(moved[1] - at(750)) < 1'000'000);
    QVERIFY(isRemoved);
    QCOMPARE(m_scene->markers(), std::vector<qint64>{at(300)});
}

void tst_TimelineDrag::clearsFromInsideToOutside()
{
    press(ruler(600));
    release(ruler(600));
    drag(point(350), point(630));
    m_scene->select(TaskId{EmissionId{2}, 0});

    QVERIFY(m_scene->run(TimelineCommand::Clear));
    QVERIFY(!m_scene->selected() && m_scene->area().area());
    QVERIFY(m_scene->run(TimelineCommand::Clear));
    QVERIFY(!m_scene->area().area() && !m_scene->markers().empty());
    QVERIFY(m_scene->run(TimelineCommand::Clear));
    QVERIFY(m_scene->markers().empty() && !m_scene->isFollowing());
    QVERIFY(m_scene->run(TimelineCommand::Clear));
    QVERIFY(m_scene->isFollowing());
    QVERIFY(!m_scene->run(TimelineCommand::Clear));
}

void tst_TimelineDrag::tellsAClickFromADrag()
{
    press(point(500));
    move(point(502));
    const bool isClick = release(point(502));
    press(point(500));
    move(point(520));
    const bool isDrag = !release(point(520));

    QVERIFY(isClick);
    QVERIFY(isDrag);
}

void tst_TimelineDrag::drawsArrowsToTheTasksOfAnEmission()
{
    SpanRecord record;
    for (const double start : {200.0, 700.0, 5'000.0}) {
        record.task = {EmissionId{50}, quint16(record.task.index + 1)};
        record.queued = at(120);
        record.started = at(start);
        record.finished = at(start + 50);
        record.subscriber = SubscriberId{1};
        record.lane = RunStory::loop;
        m_story->batch.trace.spans.push_back(record);
    }
    m_story->apply(6'000);
    m_scene->takeChanges();
    m_scene->zoomTo(at(0), at(1'000));
    const TimelineFrame &frame = m_scene->frame();

    const FlowLayout flow =
        layoutFlow(frame, m_scene->lanes(), m_scene->tracks(), *m_model, EmissionId{50},
                   [](const QString &text) { return int(text.size()) * 7; });

    const FlowLayout own = layoutFlow(
        frame, m_scene->lanes(), m_scene->tracks(), *m_model, EmissionId{50},
        [](const QString &text) { return int(text.size()) * 7; }, TaskId{EmissionId{50}, 1});

    QCOMPARE(own.arrows.size(), 1U);
    QVERIFY(own.stubs.empty());
    QVERIFY(own.arrows[0].to == flow.arrows[1].to || own.arrows[0].to == flow.arrows[0].to);
    QVERIFY(std::abs(own.arrows[0].from.x() - point(120).x()) < 1); // where the emission is
    QCOMPARE(flow.arrows.size(), 2U);
    for (const FlowArrow &arrow : flow.arrows)
        QVERIFY(std::abs(arrow.from.x() - point(120).x()) < 1);
    QCOMPARE(flow.stubs.size(), 1U);
    QCOMPARE(flow.stubs[0].edge, FlowStub::Edge::Right);
    QCOMPARE(flow.stubs[0].count, 1U);
    QCOMPARE(flow.stubs[0].nearest.index, quint16(3));
    QVERIFY(std::abs(flow.stubs[0].distance - 4'000'000'000) < 5'000'000);
    QVERIFY(flow.stubs[0].text.contains(QStringLiteral("4 s"))
            || flow.stubs[0].text.contains(QStringLiteral("4.0")));
}

QTEST_MAIN(tst_TimelineDrag)
#include "tst_timelinedrag.moc"
