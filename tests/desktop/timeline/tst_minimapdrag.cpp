// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/minimapdrag.h"

#include <QTest>

using namespace Fanfare;

class tst_MinimapDrag final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsWhatAPressTakes();
    void dragsThePartInView();
    void keepsThePartInViewOnTheRun();
    void dragsAnEdge();
    void drawsANewPart();
    void goesWhereItIsClicked();
    void isOneStepOfTheHistory();
    void doesNothingInAnEmptyRun();

private:
    double x(double milliseconds) { return m_scene->frame().minimap.axis.xOf(at(milliseconds)); }
    void drag(double from, double to);
    double begin() { return double(m_scene->frame().axis.timeAt(0) - storyStart) / 1e6; }
    double end() { return double(m_scene->frame().axis.timeAt(1'000) - storyStart) / 1e6; }

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineScene> m_scene;
    std::unique_ptr<MinimapDrag> m_drag;
};

// Ten seconds on 1,000 pixels, of which the third and the fourth are in view.
void tst_MinimapDrag::init()
{
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_story->span(1, RunStory::thread1, 1, 4'000);
    m_story->span(2, RunStory::thread2, 5'000, 10'000);
    m_story->apply(10'000);
    m_scene = std::make_unique<TimelineScene>(*m_model);
    const int header = timelineAreas(QSize(1'000, 300)).plot.x();
    m_scene->resize(QSize(header + 1'000, 300), 1);
    m_scene->zoomTo(at(2'000), at(4'000));
    m_drag = std::make_unique<MinimapDrag>(*m_scene);
}

void tst_MinimapDrag::drag(double from, double to)
{
    m_drag->press(from);
    m_drag->move((from + to) / 2);
    m_drag->move(to);
    m_drag->release(to);
}

static bool isNear(double a, double b)
{
    return std::abs(a - b) < 15; // ms; a pixel and a half
}

void tst_MinimapDrag::tellsWhatAPressTakes()
{
    QCOMPARE(m_drag->gripAt(x(2'000) - 3), MinimapDrag::Grip::From);
    QCOMPARE(m_drag->gripAt(x(4'000) + 3), MinimapDrag::Grip::To);
    QCOMPARE(m_drag->gripAt(x(3'000)), MinimapDrag::Grip::View);
    QCOMPARE(m_drag->gripAt(x(6'000)), MinimapDrag::Grip::New);
    m_scene->zoomTo(at(3'000), at(3'001));
    QCOMPARE(m_drag->gripAt(x(3'000)), MinimapDrag::Grip::View);
    m_scene->fitAll();
    QCOMPARE(m_drag->gripAt(x(3'000)), MinimapDrag::Grip::New);
}

void tst_MinimapDrag::dragsThePartInView()
{
    drag(x(3'000), x(6'500));

    QVERIFY(isNear(begin(), 5'500));
    QVERIFY(isNear(end(), 7'500));
    QVERIFY(!m_scene->isFollowing());
}

void tst_MinimapDrag::keepsThePartInViewOnTheRun()
{
    drag(x(3'000), x(30'000));
    const double right = end();
    drag(x(9'000), x(-30'000));

    QVERIFY(isNear(right, 10'000));
    QVERIFY(isNear(begin(), 0));
    QVERIFY(isNear(end(), 2'000));
}

void tst_MinimapDrag::dragsAnEdge()
{
    drag(x(4'000), x(7'000));
    drag(x(2'000), x(5'000));

    QVERIFY(isNear(begin(), 5'000));
    QVERIFY(isNear(end(), 7'000));
}

void tst_MinimapDrag::drawsANewPart()
{
    drag(x(8'000), x(6'000));

    QVERIFY(isNear(begin(), 6'000));
    QVERIFY(isNear(end(), 8'000));
}

void tst_MinimapDrag::goesWhereItIsClicked()
{
    m_drag->press(x(7'000));
    m_drag->move(x(7'000) + 2);
    m_drag->release(x(7'000) + 2);

    QVERIFY(isNear(begin(), 6'020));
    QVERIFY(isNear(end(), 8'020));
}

void tst_MinimapDrag::isOneStepOfTheHistory()
{
    drag(x(3'000), x(6'500));

    m_scene->run(TimelineCommand::ViewBack);

    QVERIFY(isNear(begin(), 2'000));
}

void tst_MinimapDrag::doesNothingInAnEmptyRun()
{
    RunModel model;
    TimelineScene scene(model);
    scene.resize(QSize(1'000, 300), 1);
    MinimapDrag drag(scene);

    drag.press(100);
    drag.move(300);
    drag.release(300);

    QVERIFY(scene.isFollowing());
}

QTEST_MAIN(tst_MinimapDrag)
#include "tst_minimapdrag.moc"
