// SPDX-License-Identifier: MIT
#include "desktop/compare/comparepage.h"

#include "desktop/compare/comparedtimelines.h"
#include "desktop/compare/compareview.h"
#include "desktop/compare/comparisonrows.h"
#include "desktop/compare/distributionbar.h"
#include "desktop/compare/handlerdifferencemodel.h"
#include "desktop/compare/historycard.h"
#include "desktop/compare/historychart.h"
#include "desktop/compare/linkedtimelines.h"
#include "desktop/compare/quantilechart.h"
#include "desktop/compare/structurelist.h"
#include "desktop/runs/loadingpage.h"
#include "desktop/runs/runfixtures.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Fanfare;
using namespace RunFixtures;
using namespace Qt::StringLiterals;

class tst_ComparePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysWhoIsFasterAndByHowMuch();
    void swappingTurnsTheVerdictAround();
    void theTableIsAProperModel();
    void marksWhatIsNotAlike();
    void theHistoryIsThatOfTheScenario();
    void writesAPageAndPictures();
    void showsBothTimelines();
    void aRunThatGoesOnGrowsUntilItEnds();
    void theChosenHandlerStaysWhileARunGoesOn();
    void aRangeOfTimesFiltersBothTimelines_data();
    void aRangeOfTimesFiltersBothTimelines();
    void aRangeOfPercentilesFiltersEachByItsOwn();
    void whatWasNotDoneAlikeIsShownInBoth();
    void theHistoryReadsAHandlerOfKeptRuns();
    void aChangeIsMarkedWhereALevelBegins();
    void ofThreeSidesAnyTwoAreCompared();
    void aMissingFileIsASentence();
    void cancelWantsToBeClosed();

private:
    CompareView *shown(ComparePage &page);

    QTemporaryDir m_folder;
    QString m_fast;
    QString m_slow;
};

void tst_ComparePage::initTestCase()
{
    m_fast = writeRun(m_folder.path(), 100, u"fast"_s);
    m_slow = writeRun(m_folder.path(), 100, u"slow"_s, 6'000'000, ExecutorKind::Processes);
}

CompareView *tst_ComparePage::shown(ComparePage &page)
{
    QSignalSpy compared(&page, &ComparePage::compared);
    if (!page.view() && !compared.wait(20'000))
        return nullptr;
    return page.view();
}

void tst_ComparePage::saysWhoIsFasterAndByHowMuch()
{
    ComparePage page({{m_fast}, {m_slow}});
    CompareView *const view = shown(page);

    QVERIFY(view);
    QCOMPARE(view->compared().comparison.handlers.size(), size_t(1));
    const HandlerDifferenceModel model(view->compared().comparison);
    const QString shift = model.index(0, HandlerDifferenceModel::ShiftColumn).data().toString();
    QVERIFY2(shift.startsWith(u"▲ +4.00 ms"_s) && shift.endsWith(u"slower"_s), qPrintable(shift));
    const auto labels = view->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [view](const QLabel *label) {
        return label->text() == view->compared().verdict.headline;
    }));
}

void tst_ComparePage::swappingTurnsTheVerdictAround()
{
    ComparePage page({{m_fast}, {m_slow}});
    QVERIFY(shown(page));
    const double before = page.view()->compared().comparison.handlers[0].total.shift.estimate;
    QSignalSpy again(&page, &ComparePage::compared);

    Q_EMIT page.view()->swapWanted();

    QVERIFY(again.wait(20'000));
    QCOMPARE(page.view()->compared().comparison.handlers[0].total.shift.estimate, -before);
    QCOMPARE(page.view()->compared().left, QStringList(m_slow));
}

void tst_ComparePage::theTableIsAProperModel()
{
    ComparePage page({{m_fast}, {m_slow}});
    QVERIFY(shown(page));
    HandlerDifferenceModel model(page.view()->compared().comparison);

    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);

    QCOMPARE(model.rowCount(), 1);
    for (int column = 0; column < model.columnCount(); ++column) {
        QVERIFY(!model.index(0, column).data().toString().isEmpty());
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }
    const auto sorted = [&model](int column) {
        return model.index(0, column).data(HandlerDifferenceModel::sortRole).toDouble();
    };
    QCOMPARE(sorted(HandlerDifferenceModel::FailedAColumn), 0.0);
    QCOMPARE(sorted(HandlerDifferenceModel::MaximumBColumn)
                 - sorted(HandlerDifferenceModel::MaximumAColumn),
             4e6);
}

void tst_ComparePage::marksWhatIsNotAlike()
{
    ComparePage page({{m_fast}, {m_slow}});
    QVERIFY(shown(page));
    Comparison comparison = page.view()->compared().comparison;
    comparison.environment = {{u"processor"_s, u"one"_s, u"another"_s}};

    const auto rows = environmentRows(comparison);

    const auto row = std::ranges::find(rows, u"processor"_s, &ComparisonRow::what);
    QVERIFY(row != rows.end());
    QVERIFY(row->isNotable);
}

void tst_ComparePage::theHistoryIsThatOfTheScenario()
{
    ComparePage page({{m_fast}, {m_slow}});
    QVERIFY(shown(page));
    const auto entry = [](const QString &file, const QString &executor, qint64 begin,
                          const QString &scenario = u"locks"_s) {
        LibraryEntry one;
        one.file = QFileInfo(file).fileName();
        one.path = u"/"_s + one.file;
        one.executor = executor;
        one.workers = 2;
        one.scenario = scenario;
        one.beginUtc = begin;
        one.isEnded = true;
        return one;
    };
    const std::vector<LibraryEntry> library{entry(m_slow, u"processes"_s, 3),
                                            entry(m_fast, u"threads"_s, 2),
                                            entry(u"other.ffrun"_s, u"threads"_s, 4, u"pictures"_s),
                                            entry(u"older.ffrun"_s, u"inline"_s, 1)};

    const auto points = historyOf(library, page.view()->compared());

    using Kin = HistoryPoint::Kin;
    const std::vector<HistoryPoint> expected{
        {1, 0, Kin::Neither, false, u"/older.ffrun"_s, u"locks, inline × 2"_s},
        {2, 0, Kin::A, true, u"/"_s + QFileInfo(m_fast).fileName(), u"locks, threads × 2"_s},
        {3, 0, Kin::B, true, u"/"_s + QFileInfo(m_slow).fileName(), u"locks, processes × 2"_s}};
    QVERIFY(points == expected);
    QVERIFY(historyOf({}, page.view()->compared()).empty());
}

void tst_ComparePage::writesAPageAndPictures()
{
    ComparePage page({{m_fast}, {m_slow}});
    page.resize(1000, 800);
    page.show();
    QVERIFY(shown(page));
    const QString html = m_folder.filePath(u"report.html"_s);
    const QString png = m_folder.filePath(u"view.png"_s);
    const QString svg = m_folder.filePath(u"view.svg"_s);

    QVERIFY(page.view()->writeReport(html));
    const QString csv = m_folder.filePath(u"report.csv"_s);
    QVERIFY(page.view()->writeReport(csv));
    QFile table(csv);
    QVERIFY(table.open(QIODevice::ReadOnly));
    QVERIFY(table.readAll().contains("\r\nhandler,n A,n B,"));
    QTRY_VERIFY(page.view()->timelines().timelines());
    QVERIFY(page.view()->writePicture(png));
    QVERIFY(page.view()->writePicture(svg));

    QFile report(html);
    QVERIFY(report.open(QIODevice::ReadOnly));
    QVERIFY(report.readAll().contains(page.view()->compared().verdict.headline.toUtf8()));
    const int timelines = page.view()->timelines().timelines()->height();
    QVERIFY(timelines > 100);
    QVERIFY(QImage(png).height() > 2 * (page.view()->content().height() + timelines));
    QFile picture(svg);
    QVERIFY(picture.open(QIODevice::ReadOnly));
    QVERIFY(picture.readAll().contains("<svg"));
    const Result<void> refused = page.view()->writePicture(u"/nowhere/view.png"_s);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"/nowhere/view.png"_s));
}

void tst_ComparePage::showsBothTimelines()
{
    ComparePage page({{m_fast}, {m_slow}});
    CompareView *view = shown(page);
    QVERIFY(view);

    QTRY_VERIFY(view->timelines().timelines());

    LinkedTimelines &timelines = *view->timelines().timelines();
    QCOMPARE(timelines.timeline(Side::A).scene().tracks().spanCount(), 100U);
    QCOMPARE(timelines.timeline(Side::B).scene().tracks().spanCount(), 100U);
    QVERIFY(timelines.isLinked());
}

void tst_ComparePage::aRunThatGoesOnGrowsUntilItEnds()
{
    const auto live = beginRun(m_folder.path(), u"live"_s);
    live->add(tasksOf(*live, 0, 20));
    QTRY_COMPARE(live->index().chunks.size(), size_t(1));
    ComparePage page({{m_fast}, {live->path()}});
    page.resize(1000, 800);
    CompareView *const view = shown(page);
    QVERIFY(view && view->compared().goesOn);
    QTRY_VERIFY(view->timelines().timelines());
    const LinkedTimelines &timelines = *view->timelines().timelines();
    const TimelineWidget &timeline = timelines.timeline(Side::B);
    QVERIFY(timelines.isEnded(Side::A) && !timelines.isEnded(Side::B));
    QElapsedTimer since;
    since.start();
    QSignalSpy told(&page, &ComparePage::compared);

    live->add(tasksOf(*live, 20, 30, 9'000'000));

    const auto tasks = [view] { return view->compared().comparison.b->tasks(); };
    QTRY_COMPARE(tasks(), 50U);
    QTRY_COMPARE(timeline.scene().tracks().spanCount(), 50U);
    QCOMPARE(page.view(), view); // the same one, told anew
    QVERIFY(view->compared().goesOn);

    QSignalSpy compared(&page, &ComparePage::compared);
    live->finish(50);

    QTRY_VERIFY(!view->compared().goesOn);
    QTRY_VERIFY(timelines.isEnded(Side::B));
    QCOMPARE(compared.count(), 1); // and no more
    QVERIFY(told.count() <= 1 + since.elapsed() / 500);
    const auto labels = view->findChildren<QLabel *>();
    QVERIFY(std::ranges::none_of(labels, [](const QLabel *label) {
        return label->isVisibleTo(label->window()) && label->text().startsWith(u"So far"_s);
    }));
}

void tst_ComparePage::theChosenHandlerStaysWhileARunGoesOn()
{
    const auto live = beginRun(m_folder.path(), u"live"_s);
    TraceBatch batch = tasksOf(*live, 0, 20);
    for (SpanRecord &span : batch.spans)
        span.subscriber = SubscriberId(99); // without a name: before all others
    live->add(tasksOf(*live, 20, 20));
    QTRY_COMPARE(live->index().chunks.size(), size_t(1));
    ComparePage page({{m_fast}, {live->path()}});
    CompareView *const view = shown(page);
    QVERIFY(view);
    const auto table = view->findChild<QTableView *>();
    const auto chosen = [table] { return table->currentIndex().siblingAtColumn(0).data(); };
    const QVariant before = chosen();
    QVERIFY(before.toString().contains(u"sleep"_s));

    live->add(batch);

    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(chosen(), before);
}

void tst_ComparePage::aRangeOfTimesFiltersBothTimelines_data()
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

void tst_ComparePage::aRangeOfTimesFiltersBothTimelines()
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

void tst_ComparePage::aRangeOfPercentilesFiltersEachByItsOwn()
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

void tst_ComparePage::whatWasNotDoneAlikeIsShownInBoth()
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

void tst_ComparePage::theHistoryReadsAHandlerOfKeptRuns()
{
    HistoryCard card;
    card.resize(600, 200);
    const HandlerKey sleep = [&] {
        const auto read = percentilesOf({m_fast}, [](double) {}, {});
        return read.at(m_fast).begin()->first;
    }();
    using Kin = HistoryPoint::Kin;
    const std::vector<HistoryPoint> points{{1, 5'000'000, Kin::A, true, m_fast, u"one"_s},
                                           {2, 9'000'000, Kin::B, true, m_slow, u"two"_s},
                                           {3, 7'000'000, Kin::A, false, u"/absent"_s, u"x"_s}};
    QSignalSpy opened(&card, &HistoryCard::openWanted);

    card.setPoints(points, {sleep});
    QVERIFY(card.chart().sentenceFor(0).startsWith(u"one: 5.00 ms\n"_s));
    card.findChildren<QComboBox *>().at(0)->setCurrentIndex(1);

    QTRY_VERIFY(card.chart().sentenceFor(1).startsWith(u"two: 7."_s));
    QVERIFY(card.chart().sentenceFor(2).startsWith(u"x: \n"_s)); // nothing could be read
    (void)card.grab();
    std::optional<QPoint> second;
    for (int x = 0; x < card.chart().width() && !second; ++x) {
        for (int y = 0; y < card.chart().height() && !second; ++y) {
            if (card.chart().pointAt(QPointF(x, y)) == 1U)
                second = QPoint(x, y);
        }
    }
    QVERIFY(second);
    QTest::mouseClick(&card.chart(), Qt::LeftButton, {}, *second);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened[0][0].toString(), m_slow);
}

void tst_ComparePage::aChangeIsMarkedWhereALevelBegins()
{
    using Kin = HistoryPoint::Kin;
    std::vector<HistoryPoint> points;
    std::vector<std::optional<double>> values;
    for (int i = 0; i < 40; ++i) {
        points.push_back({.beginUtc = i, .kin = i % 2 == 0 ? Kin::A : Kin::B});
        values.emplace_back((i % 2 == 0 && i >= 20 ? 9e6 : 8e6) + i % 7 * 1e4);
    }
    values[4].reset(); // its file is gone

    const std::vector<HistoryChange> changes = changesOf(points, values);

    QCOMPARE(changes.size(), size_t(1));
    QCOMPARE(changes[0].point, 20U);
    QVERIFY(changes[0].kin == Kin::A);
    QVERIFY(changes[0].before < 8.1e6 && changes[0].after >= 9e6);
    HistoryChart chart;
    chart.setPoints(points, values, u"t"_s);
    QVERIFY(chart.sentenceFor(20).contains(u"From here on 9."_s));
    QVERIFY(!chart.sentenceFor(22).contains(u"From here on"_s));
}

void tst_ComparePage::ofThreeSidesAnyTwoAreCompared()
{
    const QString third = writeRun(m_folder.path(), 50, u"third"_s, 3'000'000);
    ComparePage page({{m_fast}, {m_slow}, {third}});
    QVERIFY(shown(page));
    const auto choices = [&page] {
        QList<QComboBox *> found;
        for (QComboBox *box : page.view()->findChildren<QComboBox *>()) {
            if (box->count() == 3 && box->itemText(0).startsWith(u"fast, threads × 2"_s))
                found.append(box);
        }
        return found;
    };
    QCOMPARE(choices().size(), 2);
    QSignalSpy compared(&page, &ComparePage::compared);

    Q_EMIT choices().at(1)->activated(2);

    QVERIFY(compared.wait(20'000));
    QCOMPARE(page.view()->compared().left, QStringList(m_fast));
    QCOMPARE(page.view()->compared().right, QStringList(third));
    QVERIFY(page.view()->compared().comparison.isPerTask); // 100 and 50 tasks
    QCOMPARE(choices().at(1)->currentIndex(), 2);

    page.add({m_slow});

    QVERIFY(compared.wait(20'000));
    QCOMPARE(page.sides().size(), 4);
    QCOMPARE(page.view()->compared().right, QStringList(m_slow));
}

void tst_ComparePage::aMissingFileIsASentence()
{
    ComparePage page({{m_fast}, {m_folder.filePath(u"absent.ffrun"_s)}});

    QTRY_VERIFY(page.problem().contains(u"absent.ffrun"_s));
    QVERIFY(!page.view());
}

void tst_ComparePage::cancelWantsToBeClosed()
{
    ComparePage page({{m_fast}, {m_slow}});
    QSignalSpy closes(&page, &ComparePage::closeWanted);

    page.findChild<LoadingPage *>()->findChild<QPushButton *>()->click();

    QCOMPARE(closes.count(), 1);
}

QTEST_MAIN(tst_ComparePage)
#include "tst_comparepage.moc"
