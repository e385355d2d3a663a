// SPDX-License-Identifier: MIT
#include "desktop/compare/linkedtimelines.h"

#include "desktop/models/runmodel.h"
#include "desktop/samplefacts.h"
#include "desktop/timeline/savededits.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QComboBox>
#include <QMouseEvent>
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
    void meetsAtAnEmissionThatIsChosen();
    void offersTheNotesThatBothHave();
    void byTheWallClockBothAreInView();
    void growsUntilTheUserLooksElsewhere();
    void theKeyLPartsThem();
    void namesTheDifferenceOfAnEmission();
    void theSameEmissionIsHighlightedBeside();
    void stretchedBothEndsCoincide();
    void aCursorShowsTheSameTimeInBoth();
    void theCursorFollowsTheAlignment();

private:
    static void fill(RunModel &model, qint64 begin, qint64 apart);
    static void zoomIn(TimelineWidget &timeline);
    static void moveMouse(TimelineWidget &timeline, QPointF place);
    static qint64 beginOf(const TimelineWidget &timeline) { return timeline.scene().view().begin; }

    std::unique_ptr<RunModel> m_a;
    std::unique_ptr<RunModel> m_b;
    std::unique_ptr<LinkedTimelines> m_linked;
};

static constexpr qint64 beginA = 1'000'000'000;
static constexpr qint64 beginB = 77'000'000'000;

/// B began a minute later, on another clock.
static constexpr std::array<RunBegin, 2> begins{RunBegin{beginA, 1'000'000},
                                                RunBegin{beginB, 1'060'000}};

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
    m_linked = std::make_unique<LinkedTimelines>(*m_a, *m_b, begins);
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

void tst_LinkedTimelines::meetsAtAnEmissionThatIsChosen()
{
    m_linked->setAlignment({RunAlignment::Kind::Emission, 11});

    const qint64 a = beginOf(m_linked->timeline(Side::A)) - (beginA + 10 * 5'000'000);
    const qint64 b = beginOf(m_linked->timeline(Side::B)) - (beginB + 10 * 10'000'000);
    QVERIFY(std::abs(a - b) <= 1);
    QCOMPARE(m_linked->alignment().emission, 11U);

    m_linked->setAlignment({RunAlignment::Kind::Emission, 1'000}); // there are 50

    QCOMPARE(m_linked->alignment().emission, 50U);
}

void tst_LinkedTimelines::offersTheNotesThatBothHave()
{
    const auto note = [this](Side side, qint64 time, const QString &text) {
        SavedEdits saved = m_linked->timeline(side).scene().saved();
        saved.edits.notes.add({time, time, text});
        m_linked->timeline(side).restoreEdits(saved);
        m_linked->offerNotes();
    };
    const auto choice = m_linked->findChild<QComboBox *>();
    const int before = choice->count();
    note(Side::A, beginA + 40'000'000, u"cache is full"_s);
    QCOMPARE(choice->count(), before);
    note(Side::B, beginB + 90'000'000, u"cache is full"_s);
    QCOMPARE(choice->count(), before + 1);

    choice->setCurrentIndex(before);

    const qint64 a = beginOf(m_linked->timeline(Side::A)) - (beginA + 40'000'000);
    const qint64 b = beginOf(m_linked->timeline(Side::B)) - (beginB + 90'000'000);
    QVERIFY(std::abs(a - b) <= 1);
    QCOMPARE(m_linked->alignment().note, u"cache is full"_s);

    m_linked->timeline(Side::B).restoreEdits({}); // the note is gone
    m_linked->offerNotes();

    QCOMPARE(choice->count(), before);
    QCOMPARE(m_linked->alignment(), RunAlignment());
}

void tst_LinkedTimelines::byTheWallClockBothAreInView()
{
    m_linked->setAlignment({RunAlignment::Kind::WallClock});

    const ViewHistory::View a = m_linked->timeline(Side::A).scene().view();
    const ViewHistory::View b = m_linked->timeline(Side::B).scene().view();
    QVERIFY(a.length > 60e9);
    QVERIFY(std::abs((a.begin - beginA) - (b.begin - beginB) - 60'000'000'000) <= 1);
}

void tst_LinkedTimelines::growsUntilTheUserLooksElsewhere()
{
    m_linked->setEnded(Side::B, false);
    const double before = m_linked->timeline(Side::A).scene().view().length;
    m_b->apply(batch({span(task(51), 1, beginB + 2'000'000'000)}));
    const double grown = m_linked->timeline(Side::A).scene().view().length;
    QVERIFY(grown > 3 * before);
    zoomIn(m_linked->timeline(Side::A));
    const ViewHistory::View view = m_linked->timeline(Side::B).scene().view();

    m_b->apply(batch({span(task(52), 1, beginB + 9'000'000'000)}));

    QCOMPARE(m_linked->timeline(Side::B).scene().view().begin, view.begin);
    QCOMPARE(m_linked->timeline(Side::B).scene().view().length, view.length);
}

void tst_LinkedTimelines::theKeyLPartsThem()
{
    m_linked->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_linked.get()));
    m_linked->timeline(Side::A).setFocus();

    QTest::keyClick(&m_linked->timeline(Side::A), Qt::Key_L);

    QVERIFY(!m_linked->isLinked());
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

void tst_LinkedTimelines::theSameEmissionIsHighlightedBeside()
{
    Q_EMIT m_linked->timeline(Side::A).emissionHovered(EmissionId{17});

    QCOMPARE(m_linked->timeline(Side::B).highlighted(), EmissionId{17});
    QVERIFY(!m_linked->timeline(Side::A).highlighted());

    Q_EMIT m_linked->timeline(Side::A).emissionHovered(EmissionId{99}); // B has none

    QVERIFY(!m_linked->timeline(Side::B).highlighted());
}

/// Where \a time is in the view of \a timeline, as a share of its width.
static double shareOf(const TimelineWidget &timeline, qint64 time)
{
    const ViewHistory::View view = timeline.scene().view();
    return double(time - view.begin) / view.length;
}

void tst_LinkedTimelines::stretchedBothEndsCoincide()
{
    const TimelineWidget &a = m_linked->timeline(Side::A);
    const TimelineWidget &b = m_linked->timeline(Side::B);
    const auto ends = [&] {
        return std::pair(shareOf(a, a.scene().tracks().lastTime()),
                         shareOf(b, b.scene().tracks().lastTime()));
    };
    QVERIFY(ends().second - ends().first > 0.3); // B takes twice as long

    m_linked->setStretched(true);

    QVERIFY(std::abs(ends().first - ends().second) < 0.001);
    QVERIFY(std::abs(shareOf(a, beginA) - shareOf(b, beginB)) < 0.001);

    m_linked->setStretched(false);

    QVERIFY(ends().second - ends().first > 0.3);
}

void tst_LinkedTimelines::moveMouse(TimelineWidget &timeline, QPointF place)
{
    QMouseEvent event(QEvent::MouseMove, place, timeline.mapToGlobal(place), Qt::NoButton,
                      Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&timeline, &event);
}

void tst_LinkedTimelines::aCursorShowsTheSameTimeInBoth()
{
    TimelineWidget &a = m_linked->timeline(Side::A);
    TimelineWidget &b = m_linked->timeline(Side::B);
    const QImage without = b.grab().toImage();

    moveMouse(a, {500, a.height() - 3.0});

    QVERIFY(a.cursorTime() && b.cursorTime());
    QVERIFY(*a.cursorTime() > beginA);
    QVERIFY(std::abs((*a.cursorTime() - beginA) - (*b.cursorTime() - beginB)) <= 1);
    QVERIFY(b.grab().toImage() != without);

    moveMouse(a, {3, a.height() - 3.0}); // on the name of a lane

    QVERIFY(!a.cursorTime() && !b.cursorTime());
    QCOMPARE(b.grab().toImage(), without);

    moveMouse(b, {500, b.height() - 3.0});
    QVERIFY(a.cursorTime());
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&b, &leave);

    QVERIFY(!a.cursorTime() && !b.cursorTime());
}

void tst_LinkedTimelines::theCursorFollowsTheAlignment()
{
    TimelineWidget &a = m_linked->timeline(Side::A);
    TimelineWidget &b = m_linked->timeline(Side::B);
    moveMouse(a, {500, a.height() - 3.0});
    const qint64 time = *a.cursorTime() - beginA;

    m_linked->setStretched(true);

    const double lengthA = double(a.scene().tracks().lastTime() - beginA);
    const double lengthB = double(b.scene().tracks().lastTime() - beginB);
    QCOMPARE(*a.cursorTime() - beginA, time);
    QVERIFY(std::abs(double(*b.cursorTime() - beginB) - double(time) * lengthB / lengthA) < 2);

    m_linked->setLinked(false);

    QVERIFY(!a.cursorTime() && !b.cursorTime());
}

QTEST_MAIN(tst_LinkedTimelines)
#include "tst_linkedtimelines.moc"
