// SPDX-License-Identifier: MIT
#include "desktop/timeline/flowlayout.h"

#include "timelinefixture.h"

using namespace Fanfare;
using namespace Qt::StringLiterals;

using Edge = FlowStub::Edge;

/// Arrows to tasks in view, stubs for those beyond it.
class tst_FlowLayout final : public QObject, private TimelineFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void drawsArrowsToWhatIsInView();
    void saysHowFarTasksAreBesideTheView();
    void aTaskInAHiddenLaneIsBelow();
    void doesNotDrawMoreThanAHundred();
    void aClickOnAStubGoesThere();

private:
    FlowLayout flow(quint64 emission, std::optional<TaskId> task = {});

    std::unique_ptr<TimelineScene> m_scene;
};

static constexpr TaskId part(quint16 index)
{
    return {EmissionId{9}, index};
}

// Emission 9: a task on each thread and one on the loop.
void tst_FlowLayout::init()
{
    QLocale::setDefault(QLocale::c());
    start();
    m_story->span(9, RunStory::thread1, 1'100, 1'200);
    m_story->span(9, RunStory::thread2, 1'500, 1'600);
    m_story->batch.trace.spans.back().task.index = 1;
    m_story->span(9, RunStory::loop, 1'100, 1'150);
    m_story->batch.trace.spans.back().task.index = 2;
    m_story->apply(2'000);
    m_scene = std::make_unique<TimelineScene>(*m_model);
    m_scene->resize(QSize(1'148, 300), 1);
}

FlowLayout tst_FlowLayout::flow(quint64 emission, std::optional<TaskId> task)
{
    return layoutFlow(
        m_scene->frame(), m_scene->lanes(), m_scene->tracks(), *m_model, EmissionId{emission},
        [](const QString &text) { return 7 * int(text.size()); }, task);
}

void tst_FlowLayout::drawsArrowsToWhatIsInView()
{
    m_scene->zoomTo(at(1'000), at(2'000));

    const FlowLayout all = flow(9);
    const FlowLayout one = flow(9, part(1));

    QCOMPARE(all.arrows.size(), 3U);
    QVERIFY(all.stubs.empty());
    QCOMPARE(one.arrows.size(), 1U);
    const double x = m_scene->frame().areas.plot.x() + 500; // where it starts
    QVERIFY(std::abs(one.arrows[0].to.x() - x) <= 1);
}

void tst_FlowLayout::saysHowFarTasksAreBesideTheView()
{
    m_scene->zoomTo(at(1'250), at(1'350));

    const std::vector<FlowStub> stubs = flow(9).stubs;

    QCOMPARE(stubs.size(), 2U);
    QVERIFY(stubs[0].edge == Edge::Left && stubs[1].edge == Edge::Right);
    QCOMPARE(stubs[0].text, u"← 2 more, 50.0 ms earlier"_s); // 1,200 is nearer than 1,150
    QCOMPARE(stubs[0].nearest, part(0));
    QCOMPARE(stubs[1].text, u"→ 1 more, 150 ms later"_s);
    QCOMPARE(stubs[1].nearest, part(1));
    for (const FlowStub &stub : stubs)
        QVERIFY(QRectF(m_scene->frame().areas.lanes).contains(stub.rect));
}

void tst_FlowLayout::aTaskInAHiddenLaneIsBelow()
{
    m_scene->zoomTo(at(1'000), at(2'000));
    QVERIFY(m_scene->run(TimelineCommand::HideLane, {.lane = 1}));

    const std::vector<FlowStub> stubs = flow(9).stubs;

    QCOMPARE(stubs.size(), 1U);
    QVERIFY(stubs[0].edge == Edge::Below);
    QCOMPARE(stubs[0].text, u"↓ 1 more below"_s);
    QCOMPARE(stubs[0].nearest, part(1));
}

void tst_FlowLayout::doesNotDrawMoreThanAHundred()
{
    for (int i = 0; i < 130; ++i) {
        m_story->span(20, RunStory::thread1, 3'000 + i, 3'000.5 + i);
        m_story->batch.trace.spans.back().task.index = quint16(i);
    }
    m_story->apply(4'000);
    m_scene->takeChanges();
    m_scene->zoomTo(at(2'900), at(3'200));

    const FlowLayout all = flow(20);

    QCOMPARE(all.arrows.size(), 100U);
    QCOMPARE(all.notDrawn, 30U);
}

void tst_FlowLayout::aClickOnAStubGoesThere()
{
    m_widget->showTimes(at(1'050), at(1'250));
    m_widget->select(part(0));
    (void)picture(); // which places the stubs
    const QRect lanes = m_widget->scene().areas().lanes;

    QTest::mouseClick(m_widget.get(), Qt::LeftButton, {},
                      QPoint(lanes.right() - 20, lanes.center().y()));

    QCOMPARE(m_widget->selectedTask(), std::optional(part(1)));
    const ViewHistory::View view = m_widget->scene().view();
    QVERIFY(view.begin <= at(1'500) && view.begin + qint64(view.length) >= at(1'600));
}

QTEST_MAIN(tst_FlowLayout)
#include "tst_flowlayout.moc"
