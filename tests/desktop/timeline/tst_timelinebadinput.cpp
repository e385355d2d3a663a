// SPDX-License-Identifier: MIT
#include "desktop/models/runspans.h"
#include "desktop/models/runstory.h"
#include "desktop/timeline/lossbars.h"
#include "desktop/timeline/timelinewidget.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace Fanfare;

/// What a broken clock, a damaged file or an odd window brings: drawn, marked, never a hang.
class tst_TimelineBadInput final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void drawsNothing();
    void drawsImpossibleTimes();
    void drawsSpansInAnyOrder();
    void drawsAThousandSpansOfOneMoment();
    void drawsAGapOfThirtyDays();
    void drawsTenThousandLanes();
    void drawsAMillionHandlers();
    void drawsInAnySize();
    void standsResizesInEveryFrame();
    void showsWhatWasForgotten();
    void showsWhatWasLostOnTheWay();

private:
    void lookAround();
    SpanRecord record(qint64 queued, qint64 started, qint64 finished, quint16 lane = 0);

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineWidget> m_widget;
    quint64 m_emission = 0;
};

void tst_TimelineBadInput::init()
{
    m_widget.reset();
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_widget = std::make_unique<TimelineWidget>(*m_model);
    m_widget->resize(800, 400);
    m_widget->show();
}

SpanRecord tst_TimelineBadInput::record(qint64 queued, qint64 started, qint64 finished,
                                        quint16 lane)
{
    SpanRecord span;
    span.task = {EmissionId{++m_emission}, 0};
    span.queued = queued;
    span.started = started;
    span.finished = finished;
    span.subscriber = SubscriberId{1};
    span.lane = LaneId{lane};
    return span;
}

/// Every way to move the view, with a frame after each. A frame that takes a second hangs.
void tst_TimelineBadInput::lookAround()
{
    using Step = std::function<void()>;
    const auto key = [this](Qt::Key pressed, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        return [this, pressed, modifiers] { QTest::keyClick(m_widget.get(), pressed, modifiers); };
    };
    const std::vector<Step> steps{
        [this] { m_widget->fitAll(); },
        [this] { m_widget->zoomBy(1e6); },
        [this] { m_widget->zoomBy(1e-9); },
        key(Qt::Key_N),
        key(Qt::Key_F),
        key(Qt::Key_Right),
        key(Qt::Key_R),
        key(Qt::Key_Down),
        key(Qt::Key_Tab),
        key(Qt::Key_D, Qt::ShiftModifier),
        key(Qt::Key_Left, Qt::AltModifier),
        key(Qt::Key_Home),
        key(Qt::Key_End),
        [this] { QTest::mouseMove(m_widget.get(), m_widget->rect().center()); },
        [this] {
            QTest::mouseClick(m_widget.get(), Qt::LeftButton, {}, m_widget->rect().center());
        },
    };
    for (const Step &step : steps) {
        QElapsedTimer timer;
        timer.start();
        step();
        QVERIFY(!m_widget->grab().isNull());
        QVERIFY2(timer.elapsed() < 10'000, "a frame hangs");
    }
}

void tst_TimelineBadInput::drawsNothing()
{
    lookAround();
    m_model->clear();
    lookAround();
}

void tst_TimelineBadInput::drawsImpossibleTimes()
{
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    m_story->batch.trace.spans = {
        record(at(1), at(5), at(2)),  record(at(9), at(5), at(6)), record(0, 0, 0),
        record(-5, -4, -3),           record(least, most, least),  record(most, least, most),
        record(at(10), at(10), most), record(0, at(20), at(30)),
    };
    m_story->batch.trace.spans.back().sentBefore = std::numeric_limits<quint32>::max();

    m_story->apply(40);
    lookAround();

    QVERIFY(m_model->totals().oddSpans >= 6);
    QCOMPARE(m_model->spanCount(), 8U);
}

void tst_TimelineBadInput::drawsSpansInAnyOrder()
{
    std::mt19937 random(1);
    for (int batch = 0; batch < 20; ++batch) {
        for (int i = 0; i < 50; ++i) {
            const double start = random() % 100'000;
            m_story->span(++m_emission, RunStory::thread1, start, start + random() % 100);
        }
        m_story->apply(100'000);
    }

    lookAround();

    size_t count = 0;
    for (const SpanColumns &row : m_model->spans().lanes()[0].rows)
        count += row.size();
    QCOMPARE(count, 1'000U);
}

void tst_TimelineBadInput::drawsAThousandSpansOfOneMoment()
{
    for (int i = 0; i < 1'000; ++i)
        m_story->span(++m_emission, RunStory::thread1, 5, 5,
                      i == 500 ? Outcome::Failed : Outcome::Succeeded);
    m_story->apply(10);

    lookAround();

    QCOMPARE(m_model->spans().lanes()[0].rows.size(), 1U);
}

void tst_TimelineBadInput::drawsAGapOfThirtyDays()
{
    constexpr double days = 30.0 * 24 * 3'600 * 1'000;
    m_story->span(1, RunStory::thread1, 0, 1);
    m_story->span(2, RunStory::thread1, days, days + 1);
    m_story->apply(days + 2);

    lookAround();

    QCOMPARE(m_model->find({EmissionId{2}, 0})->record.started, at(days));
    QCOMPARE(m_model->totals().oddSpans, 0U);
}

void tst_TimelineBadInput::drawsTenThousandLanes()
{
    for (quint16 lane = 0; lane < 10'000; ++lane) {
        m_story->batch.trace.lanes.push_back(
            {LaneId{lane}, LaneKind::Thread, QStringLiteral("thread %1").arg(lane + 1), 1});
        m_story->batch.trace.spans.push_back(record(at(1), at(2), at(3 + lane % 7), lane));
    }
    m_story->apply(20);

    lookAround();

    QVERIFY(m_model->laneCount() >= 10'000);
}

void tst_TimelineBadInput::drawsAMillionHandlers()
{
    for (quint32 i = 0; i < 1'000'000; ++i) {
        SpanRecord span = record(at(0), at(i / 1e3), at(i / 1e3 + 0.0005));
        span.subscriber = SubscriberId{i + 1};
        m_story->batch.trace.spans.push_back(span);
    }
    m_story->apply(1'000);

    lookAround();

    QCOMPARE(m_model->find({EmissionId{1'000'000}, 0})->handler
                 != m_model->find({EmissionId{999'999}, 0})->handler,
             true);
}

void tst_TimelineBadInput::drawsInAnySize()
{
    m_story->span(1, RunStory::thread1, 0, 10);
    m_story->running(2, RunStory::thread2, 5);
    m_story->apply(20);
    m_widget->setMinimumSize(0, 0);

    for (const QSize size : {QSize(1, 1), QSize(0, 0), QSize(149, 2), QSize(2, 900),
                             QSize(9'000, 3), QSize(800, 400)}) {
        m_widget->resize(size);
        m_widget->fitAll();
        m_widget->zoomBy(std::numeric_limits<double>::quiet_NaN());
        m_widget->zoomBy(0);
        m_widget->zoomBy(std::numeric_limits<double>::infinity());
        m_widget->grab();
    }
    m_widget->fitAll();
    QTest::keyClick(m_widget.get(), Qt::Key_Right);

    QVERIFY(m_widget->selectedTask()); // it still knows where it is
}

void tst_TimelineBadInput::standsResizesInEveryFrame()
{
    for (int i = 0; i < 5'000; ++i)
        m_story->span(++m_emission, RunStory::thread1, i * 2, i * 2 + 1);
    m_story->apply(10'000);

    for (int i = 0; i < 100; ++i) {
        m_widget->resize(400 + i * 3, 300 + i % 50);
        m_widget->grab();
    }

    QVERIFY(m_widget->frameCount() >= 100);
}

void tst_TimelineBadInput::showsWhatWasForgotten()
{
    m_model->setSpanMemory(100'000);
    for (int i = 0; i < 20'000; ++i) {
        m_story->span(++m_emission, RunStory::thread1, i * 2, i * 2 + 1);
        if (i % 100 == 99)
            m_story->apply(i * 2 + 2);
    }
    TimelineTracks tracks;
    LaneLayout lanes;
    TimelineFrame frame;
    tracks.sync(*m_model);
    lanes.update(*m_model, tracks, 400);
    const TimeAxis axis{at(0), 40'000 * 1e6 / 600};
    layoutFrame({*m_model, tracks, lanes, QSize(800, 400), 1, axis, at(40'000), 0}, frame);

    const std::vector<LossBar> bars = lossBars(frame, tracks, *m_model);
    lookAround();

    QCOMPARE(bars.size(), 1U);
    const RowLoss loss = tracks.row(0, 0).loss();
    QCOMPARE(bars[0].count, loss.count);
    QCOMPARE(bars[0].count, m_model->totals().forgottenSpans);
    QVERIFY(loss.count > 10'000);
    QCOMPARE(bars[0].rect.left(), double(frame.areas.plot.x())); // from the first task
    const SpanRow row = tracks.row(0, 0);
    QVERIFY(frame.axis.xOf(row.started(row.first())) + frame.areas.plot.x()
            >= bars[0].rect.right() - 0.1); // to the first that is left
}

void tst_TimelineBadInput::showsWhatWasLostOnTheWay()
{
    m_story->span(1, RunStory::thread1, 0, 1);
    m_story->apply(10);
    m_story->batch.trace.droppedSpans = 5;
    m_story->apply(20);
    m_story->batch.trace.droppedSpans = 7;
    m_story->apply(30);
    m_story->apply(40);
    m_story->batch.trace.droppedSpans = 1;
    m_story->apply(50);

    QCOMPARE(m_model->gaps().size(), 2U);
    QCOMPARE(m_model->gaps()[0].from, at(10));
    QCOMPARE(m_model->gaps()[0].to, at(30));
    QCOMPARE(m_model->gaps()[0].count, 12U);
    QCOMPARE(m_model->totals().droppedSpans, 13U);
    lookAround();
}

QTEST_MAIN(tst_TimelineBadInput)
#include "tst_timelinebadinput.moc"
