// SPDX-License-Identifier: MIT
#include "desktop/compare/linkedtimelines.h"

#include "desktop/models/runmodel.h"
#include "desktop/samplefacts.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QTest>
#include <QWheelEvent>

using namespace Fanfare;
using namespace SampleFacts;
using namespace Qt::StringLiterals;

class tst_LinkedTimelines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void bothShowTheSameTimesAfterTheFirstEmission();
    void zoomingOneZoomsTheOther();
    void unlinkedEachMovesAlone();
    void theShorterRunGoesOnBesideTheLonger();
    void namesTheDifferenceOfAnEmission();

private:
    static void fill(RunModel &model, qint64 begin, qint64 apart);
    static void zoomIn(TimelineWidget &timeline);
    static qint64 beginOf(const TimelineWidget &timeline) { return timeline.scene().view().begin; }

    std::unique_ptr<RunModel> m_a;
    std::unique_ptr<RunModel> m_b;
    std::unique_ptr<LinkedTimelines> m_linked;
};

static constexpr qint64 beginA = 1'000'000'000;
static constexpr qint64 beginB = 77'000'000'000;

void tst_LinkedTimelines::fill(RunModel &model, qint64 begin, qint64 apart)
{
    model.setCatalog(catalog());
    std::vector<SpanRecord> spans;
    for (int i = 0; i < 50; ++i)
        spans.push_back(span(task(quint64(i) + 1), 1, begin + i * apart));
    model.apply(batch(spans));
}

void tst_LinkedTimelines::init()
{
    m_linked.reset();
    m_a = std::make_unique<RunModel>();
    m_b = std::make_unique<RunModel>();
    fill(*m_a, beginA, 5'000'000);
    fill(*m_b, beginB, 10'000'000);
    m_linked = std::make_unique<LinkedTimelines>(*m_a, *m_b);
    m_linked->resize(900, 480);
    m_linked->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_linked.get()));
    m_linked->fitBoth();
}

void tst_LinkedTimelines::zoomIn(TimelineWidget &timeline)
{
    const QPointF place(500, timeline.height() / 2.0);
    QWheelEvent event(place, timeline.mapToGlobal(place), QPoint(), QPoint(0, 480), Qt::NoButton,
                      Qt::ControlModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&timeline, &event);
}

void tst_LinkedTimelines::bothShowTheSameTimesAfterTheFirstEmission()
{
    const TimelineWidget &a = m_linked->timeline(Side::A);
    const TimelineWidget &b = m_linked->timeline(Side::B);

    QCOMPARE(beginOf(a) - beginA, beginOf(b) - beginB);
    QCOMPARE(a.scene().view().length, b.scene().view().length);
    QVERIFY(a.scene().view().length > 490e6); // all of the longer one
}

void tst_LinkedTimelines::zoomingOneZoomsTheOther()
{
    const double before = m_linked->timeline(Side::B).scene().view().length;

    zoomIn(m_linked->timeline(Side::A));

    const ViewHistory::View a = m_linked->timeline(Side::A).scene().view();
    const ViewHistory::View b = m_linked->timeline(Side::B).scene().view();
    QVERIFY(b.length < before * 0.6);
    QVERIFY(std::abs((a.begin - beginA) - (b.begin - beginB)) <= 1);
    QVERIFY(std::abs(a.length - b.length) <= 1);

    zoomIn(m_linked->timeline(Side::B));

    QVERIFY(m_linked->timeline(Side::A).scene().view().length < a.length * 0.6);
}

void tst_LinkedTimelines::unlinkedEachMovesAlone()
{
    m_linked->setLinked(false);
    const qint64 before = beginOf(m_linked->timeline(Side::B));

    zoomIn(m_linked->timeline(Side::A));

    QCOMPARE(beginOf(m_linked->timeline(Side::B)), before);
    m_linked->setLinked(true); // B goes where A is
    QVERIFY(std::abs((beginOf(m_linked->timeline(Side::A)) - beginA)
                     - (beginOf(m_linked->timeline(Side::B)) - beginB))
            <= 1);
}

void tst_LinkedTimelines::theShorterRunGoesOnBesideTheLonger()
{
    TimelineWidget &b = m_linked->timeline(Side::B);

    b.zoomBy(100); // around the middle, where A has ended
    b.showTimes(beginB + 450'000'000, beginB + 480'000'000);
    zoomIn(b);

    QVERIFY(std::abs((beginOf(m_linked->timeline(Side::A)) - beginA) - (beginOf(b) - beginB)) <= 1);
}

void tst_LinkedTimelines::namesTheDifferenceOfAnEmission()
{
    Q_EMIT m_linked->timeline(Side::B).emissionHovered(EmissionId{17});

    QVERIFY2(m_linked->difference().startsWith(u"Emission 17"_s),
             qPrintable(m_linked->difference()));
    QVERIFY(m_linked->difference().contains(u"(+0 %)"_s));

    Q_EMIT m_linked->timeline(Side::B).emissionHovered(std::nullopt);

    QCOMPARE(m_linked->difference(), QString());
}

QTEST_MAIN(tst_LinkedTimelines)
#include "tst_linkedtimelines.moc"
