// SPDX-License-Identifier: MIT
#include "desktop/compare/comparedtimelines.h"
#include "desktop/compare/compareview.h"
#include "desktop/compare/distributionbar.h"
#include "desktop/compare/linkedtimelines.h"
#include "desktop/compare/phasechart.h"
#include "desktop/compare/quantilechart.h"
#include "desktop/compare/shownpage.h"
#include "desktop/compare/structurelist.h"
#include "desktop/runs/runfixtures.h"
#include "desktop/timeline/timelinewidget.h"

#include <QCheckBox>
#include <QComboBox>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace RunFixtures;
using namespace Qt::StringLiterals;

/// What the charts of a comparison show, and what a drag over them chooses.
class tst_CompareCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theQueueIsAPhaseOfItsOwn();
    void theBoxesChangeWhatIsDrawn();
    void aRangeOfTimesFiltersBothTimelines_data();
    void aRangeOfTimesFiltersBothTimelines();
    void aRangeOfPercentilesFiltersEachByItsOwn();
    void whatWasNotDoneAlikeIsShownInBoth();

private:
    QTemporaryDir m_folder;
    QString m_fast;
    QString m_slow;
};

void tst_CompareCharts::initTestCase()
{
    m_fast = writeRun(m_folder.path(), 100, u"fast"_s);
    m_slow = writeRun(m_folder.path(), 100, u"slow"_s, 6'000'000, ExecutorKind::Processes);
}

/// How many pixels of \a picture have \a color.
static int countOf(const QImage &picture, const QColor &color)
{
    int count = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            count += picture.pixelColor(x, y).rgb() == color.rgb() ? 1 : 0;
    }
    return count;
}

void tst_CompareCharts::theQueueIsAPhaseOfItsOwn()
{
    PhaseChart chart;
    chart.resize(600, 200);
    const CompareTheme theme = CompareTheme::of(chart.palette());
    const auto pixels = [&](double queued) {
        chart.setMeans({{queued, 0, 2e6, 0}, {queued, 0, 2e6, 0}});
        const QImage picture = chart.grab().toImage();
        return std::pair(countOf(picture, theme.phases[0]), countOf(picture, theme.phases[2]));
    };

    const auto [queued, running] = pixels(4e6);
    const auto [none, alone] = pixels(0);

    QVERIFY2(queued > 1.7 * running, qPrintable(u"%1 %2"_s.arg(queued).arg(running)));
    QVERIFY(queued - none > 1'000); // the rest is the legend
    QVERIFY(alone > running);
}

void tst_CompareCharts::theBoxesChangeWhatIsDrawn()
{
    const QString fewer = writeRun(m_folder.path(), 40, u"fewer"_s, 6'000'000);
    ComparePage page({{m_fast}, {fewer}});
    page.resize(1000, 800);
    page.show();
    CompareView *const view = shown(page);
    QVERIFY(view);
    const auto chart = view->findChild<DistributionChart *>();
    const auto bar = view->findChild<DistributionBar *>();
    const auto boxes = bar->findChildren<QCheckBox *>();
    QCOMPARE(boxes.size(), 2);
    QVERIFY(bar->view().fromZero && bar->view().asShares);

    for (QCheckBox *box : boxes) {
        const QImage before = chart->grab().toImage();
        box->setChecked(false);
        QVERIFY2(chart->grab().toImage() != before, qPrintable(box->text()));
        box->setChecked(true);
        QCOMPARE(chart->grab().toImage(), before);
    }

    bar->findChildren<QComboBox *>().at(1)->setCurrentIndex(1);
    QVERIFY(boxes.at(0)->isEnabled() && !boxes.at(1)->isEnabled()); // it is always in shares
}

void tst_CompareCharts::aRangeOfTimesFiltersBothTimelines_data()
{
    QTest::addColumn<int>("times");
    QTest::addColumn<int>("form");
    QTest::addColumn<QString>("quantity");

    QTest::newRow("histogram, total") << 0 << 0 << u"total"_s;
    QTest::newRow("histogram, handler alone") << 1 << 0 << u"run"_s;
    QTest::newRow("curve, total") << 0 << 1 << u"total"_s;
    QTest::newRow("curve, handler alone") << 1 << 1 << u"run"_s;
}

/// Drags over the right part of \a chart, from \a from of its width on.
static void dragOver(QWidget *chart, double from)
{
    (void)chart->grab(); // it learns where its axis is
    const int middle = chart->height() / 2;
    QTest::mousePress(chart, Qt::LeftButton, {}, {int(chart->width() * from), middle});
    QTest::mouseMove(chart, {chart->width() - 1, middle});
    QTest::mouseRelease(chart, Qt::LeftButton, {}, {chart->width() - 1, middle});
}

static TimelineWidget::FilterState filterOf(const CompareView *view, Side side)
{
    return view->timelines().timelines()->timeline(side).filterState();
}

void tst_CompareCharts::aRangeOfTimesFiltersBothTimelines()
{
    QFETCH(int, times);
    QFETCH(int, form);
    QFETCH(QString, quantity);
    ComparePage page({{m_fast}, {m_slow}});
    page.resize(1000, 800);
    page.show();
    CompareView *const view = shown(page);
    QVERIFY(view);
    QTRY_VERIFY(view->timelines().timelines());
    const auto chart = view->findChild<DistributionChart *>();
    const auto choices = view->findChild<DistributionBar *>()->findChildren<QComboBox *>();
    choices.at(0)->setCurrentIndex(times);
    choices.at(1)->setCurrentIndex(form);

    dragOver(chart, 0.5);

    for (const Side side : {Side::A, Side::B}) {
        QVERIFY2(filterOf(view, side).error.isEmpty(), qPrintable(filterOf(view, side).error));
        QVERIFY(filterOf(view, side).text.startsWith(u"handler:\"sleep\" "_s + quantity + u">"_s));
        QTRY_VERIFY(!filterOf(view, side).isCounting);
    }
    QCOMPARE(filterOf(view, Side::A).count, 0U); // 2 ms, of up to 6
    QTRY_COMPARE(filterOf(view, Side::B).count, 100U);

    QTest::mouseClick(chart, Qt::LeftButton, {}, {chart->width() / 2, chart->height() / 2});

    QVERIFY(filterOf(view, Side::A).text.isEmpty());
}

void tst_CompareCharts::aRangeOfPercentilesFiltersEachByItsOwn()
{
    ComparePage page({{m_fast}, {m_slow}});
    page.resize(1000, 800);
    page.show();
    CompareView *const view = shown(page);
    QVERIFY(view);
    QTRY_VERIFY(view->timelines().timelines());
    const auto chart = view->findChild<QuantileChart *>();

    dragOver(chart, 0.6);

    for (const Side side : {Side::A, Side::B}) {
        QVERIFY(filterOf(view, side).text.contains(u" total>"_s));
        QTRY_VERIFY(!filterOf(view, side).isCounting);
        QTRY_VERIFY(filterOf(view, side).count > 20 && filterOf(view, side).count < 80);
    }
    QVERIFY(filterOf(view, Side::A).text != filterOf(view, Side::B).text);
}

void tst_CompareCharts::whatWasNotDoneAlikeIsShownInBoth()
{
    const QString fewer = writeRun(m_folder.path(), 80, u"fewer"_s);
    ComparePage page({{m_fast}, {fewer}});
    page.resize(1000, 800);
    page.show();
    CompareView *const view = shown(page);
    QVERIFY(view);
    QTRY_VERIFY(view->timelines().timelines());
    const auto list = view->findChild<StructureList *>();
    QCOMPARE(list->count(), 1);
    QVERIFY2(list->item(0)->text().endsWith(u"was called 100 times in A, 80 times in B"_s),
             qPrintable(list->item(0)->text()));

    Q_EMIT list->itemClicked(list->item(0));
    QCOMPARE(filterOf(view, Side::A).text, u"handler:\"sleep\""_s);
    QCOMPARE(filterOf(view, Side::B).text, u"handler:\"sleep\""_s);

    Comparison other = view->compared().comparison;
    const HandlerKey key = other.handlers.front().key;
    const HandlerKey second{u"p"_s, u"second"_s};
    other.handlers.clear();
    other.orders = {9, 4, {{{key, second}, {second, key}, EmissionId(7), EmissionId(8), 4}}};
    list->setEntries(structureEntries(other));
    QCOMPARE(list->item(0)->text(),
             u"Emission 7 and others, 4 of 9: sleep → second in A, second → sleep in B"_s);
    Q_EMIT list->itemActivated(list->item(0));

    const LinkedTimelines &timelines = *view->timelines().timelines();
    QVERIFY(filterOf(view, Side::A).text.isEmpty());
    QCOMPARE(timelines.timeline(Side::A).selectedTask(), task(7));
    QCOMPARE(timelines.timeline(Side::B).selectedTask(), task(8));
}

QTEST_MAIN(tst_CompareCharts)
#include "tst_comparecharts.moc"
