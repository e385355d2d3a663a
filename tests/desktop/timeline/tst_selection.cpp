// SPDX-License-Identifier: MIT
#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;

using Tasks = std::vector<TaskId>;

static TaskId task(quint64 emission)
{
    return {EmissionId{emission}, 0};
}

/// Several tasks that are selected beside each other.
class tst_Selection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void addsToWhatWasSelected();
    void takesOutWhatIsToggledAgain();
    void selectingOneDropsTheOthers();
    void whatIsMarkedStaysWhileTheUserStepsOn();
    void escapeDropsAll();
    void controlClickTellsAllThatAreSelected();

private:
    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineScene> m_scene;
};

void tst_Selection::init()
{
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_story->span(1, RunStory::thread1, 100, 300);
    m_story->span(2, RunStory::thread1, 400, 900);
    m_story->span(3, RunStory::thread2, 200, 500);
    m_story->apply(1'000);
    m_scene = std::make_unique<TimelineScene>(*m_model);
    m_scene->resize(QSize(1'000, 300), 1);
    m_scene->fitAll();
}

void tst_Selection::addsToWhatWasSelected()
{
    m_scene->select(task(1));

    m_scene->toggle(task(3));
    m_scene->toggle(task(2));

    QCOMPARE(m_scene->allSelected(), (Tasks{task(1), task(3), task(2)}));
    QCOMPARE(m_scene->selected(), std::optional(task(2)));
}

void tst_Selection::takesOutWhatIsToggledAgain()
{
    for (const quint64 emission : {1, 2, 3})
        m_scene->toggle(task(emission));

    m_scene->toggle(task(1));
    const Tasks withoutFirst = m_scene->allSelected();
    m_scene->toggle(task(3));

    QCOMPARE(withoutFirst, (Tasks{task(2), task(3)}));
    QCOMPARE(m_scene->allSelected(), Tasks{task(2)});
    QCOMPARE(m_scene->selected(), std::optional(task(2)));
    m_scene->toggle(task(2));
    QVERIFY(m_scene->allSelected().empty());
    QVERIFY(!m_scene->selected());
}

void tst_Selection::selectingOneDropsTheOthers()
{
    m_scene->toggle(task(1));
    m_scene->toggle(task(2));

    m_scene->select(task(1));

    QCOMPARE(m_scene->allSelected(), Tasks{task(1)});
}

void tst_Selection::whatIsMarkedStaysWhileTheUserStepsOn()
{
    m_scene->select(task(1));
    m_scene->run(TimelineCommand::MarkTask);

    m_scene->run(TimelineCommand::NextSpan);

    QCOMPARE(m_scene->allSelected(), (Tasks{task(1), task(2)}));
}

void tst_Selection::escapeDropsAll()
{
    m_scene->toggle(task(1));
    m_scene->toggle(task(2));

    m_scene->run(TimelineCommand::Clear);

    QVERIFY(m_scene->allSelected().empty());
    QVERIFY(!m_scene->selected());
}

void tst_Selection::controlClickTellsAllThatAreSelected()
{
    TimelineWidget widget(*m_model);
    widget.resize(1'000, 300);
    widget.show();
    widget.fitAll();
    QSignalSpy told(&widget, &TimelineWidget::tasksSelected);
    const auto click = [&](quint64 emission, Qt::KeyboardModifiers modifiers) {
        (void)widget.grab();
        for (const TimelineWidget::LaneInView &lane : widget.lanesInView()) {
            for (const TimelineWidget::TaskInView &one : lane.tasks) {
                if (one.task == task(emission))
                    QTest::mouseClick(&widget, Qt::LeftButton, modifiers, one.rect.center());
            }
        }
    };

    click(1, Qt::NoModifier);
    const qsizetype alone = told.size();
    click(2, Qt::ControlModifier);
    click(3, Qt::ControlModifier);
    click(1, Qt::NoModifier);

    QCOMPARE(alone, 0);
    QCOMPARE(told.size(), 3);
    QCOMPARE(told[1][0].value<Tasks>(), (Tasks{task(1), task(2), task(3)}));
    QCOMPARE(told[2][0].value<Tasks>(), Tasks{task(1)});
}

QTEST_MAIN(tst_Selection)
#include "tst_selection.moc"
