// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinetooltip.h"

#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinescene.h"

#include <QRegularExpression>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

/// What the mouse is told, as text without marks.
class tst_TimelineTooltip final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsAllAboutASpan();
    void leavesOutWhatIsNotSo();
    void tellsHowARunningTaskGoes();
    void sumsUpWhatIsTooNarrow();
    void tellsOfAnEmission();

private:
    QString at(double milliseconds, quint32 lane, int fromTop = 16);
    void show(double from, double to) { m_scene->zoomTo(Fanfare::at(from), Fanfare::at(to)); }

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineScene> m_scene;
};

void tst_TimelineTooltip::init()
{
    QLocale::setDefault(QLocale::c());
    m_model = std::make_unique<RunModel>();
    m_story = std::make_unique<RunStory>(*m_model);
    m_story->startEngine();
    m_scene = std::make_unique<TimelineScene>(*m_model);
    m_scene->resize(QSize(1'148, 320), 1);
}

/// The words at a moment of \a lane, cells divided by a space and rows by a line.
QString tst_TimelineTooltip::at(double milliseconds, quint32 lane, int fromTop)
{
    const TimelineFrame &frame = m_scene->frame();
    const LanePlace *place = m_scene->lanes().placeOf(lane);
    const QPointF point(frame.areas.plot.x() + frame.axis.xOf(Fanfare::at(milliseconds)),
                        place ? laneY(frame, *place) + fromTop : fromTop);
    const TimelineHit hit = m_scene->hit(point);
    QString text = TimelineTooltip(m_scene->tracks(), *m_model, m_scene->now()).textFor(hit);
    text.replace(u"&nbsp;&nbsp;</td><td>"_s, u" "_s).replace(u"</tr>"_s, u"\n"_s);
    text.replace(u"</p>"_s, u"\n"_s);
    return text.remove(QRegularExpression(u"<[^>]*>"_s));
}

void tst_TimelineTooltip::tellsAllAboutASpan()
{
    const TaskId task = m_story->span(7, RunStory::thread1, 100, 300, Outcome::Failed);
    SpanRecord &record = m_story->batch.trace.spans.back();
    record.sentBefore = 250'000;
    record.repliedAfter = 500'000;
    record.cpu = 20'000'000;
    record.attempt = 2;
    TaskDetail detail;
    detail.task = task;
    detail.error = {u"std::runtime_error"_s, u"Cannot open it\nnot told"_s};
    m_story->batch.trace.details.push_back(detail);
    m_story->apply(1'000);
    m_scene->takeChanges();
    show(0, 1'000);

    QCOMPARE(at(200, 0),
             u"sync\nPlugin basics\nEvent StringEvent\nEmission #7\nWaited 750 µs\nSent 250 µs\n"
             "Ran 200 ms\nReply 500 µs\nCPU 20.0 ms\nWorker thread 1\nAttempt 2\n"
             "Outcome failed\nError Cannot open it\n"_s);
}

void tst_TimelineTooltip::leavesOutWhatIsNotSo()
{
    m_story->span(7, RunStory::thread1, 100, 300);
    m_story->batch.trace.spans.back().cpu = -1;
    m_story->apply(1'000);
    m_scene->takeChanges();
    show(0, 1'000);

    const QString text = at(200, 0);

    for (const QString &name : {u"Sent"_s, u"Reply"_s, u"CPU"_s, u"Attempt"_s, u"Error"_s})
        QVERIFY2(!text.contains(name), qPrintable(name));
    QVERIFY(text.endsWith(u"Outcome succeeded\n"_s));
    QCOMPARE(at(500, 0), QString()); // nothing is there
}

void tst_TimelineTooltip::tellsHowARunningTaskGoes()
{
    m_story->span(1, RunStory::thread2, 0, 10);
    m_story->running(2, RunStory::thread1, 400);
    m_story->batch.trace.live.running.back().progress = 0.25;
    m_story->apply(1'000);
    m_scene->takeChanges();
    show(0, 1'000);

    const QString text = at(500, 0);

    QVERIFY2(text.contains(u"Emission #2\nWaited 1.00 ms\nRunning for "_s), qPrintable(text));
    QVERIFY(text.endsWith(u"Worker thread 1\nProgress 25 %\n"_s));
}

void tst_TimelineTooltip::sumsUpWhatIsTooNarrow()
{
    for (int i = 0; i < 1'000; ++i)
        m_story->span(quint64(i + 1), RunStory::thread1, 0.4 * i, 0.4 * i + 0.1,
                      i % 250 == 0 ? Outcome::Failed : Outcome::Succeeded);
    m_story->apply(1'000);
    m_scene->takeChanges();
    show(0, 10'000); // ten milliseconds on each pixel

    const QString text = at(205, 0);

    QVERIFY2(
        text.startsWith(u"25 tasks\nIn 10.0 ms\nBusy 25.0 %\nFailures 1\nLongest 100 µs\nWorker"_s),
        qPrintable(text));
}

void tst_TimelineTooltip::tellsOfAnEmission()
{
    m_story->span(7, RunStory::thread1, 101, 300);
    m_story->apply(1'000);
    m_scene->takeChanges();
    show(0, 1'000);

    const int emissions = m_scene->frame().areas.emissions.center().y();
    const QString text = at(100, 99, emissions);

    QCOMPARE(text, u"Emission #7\nEvent StringEvent\nTasks 1\nAt 0 ns\n"_s);
}

QTEST_MAIN(tst_TimelineTooltip)
#include "tst_timelinetooltip.moc"
