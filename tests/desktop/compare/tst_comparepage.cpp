// SPDX-License-Identifier: MIT
#include "desktop/compare/comparepage.h"

#include "desktop/compare/comparedtimelines.h"
#include "desktop/compare/compareview.h"
#include "desktop/compare/comparisonrows.h"
#include "desktop/compare/handlerdifferencemodel.h"
#include "desktop/compare/linkedtimelines.h"
#include "desktop/compare/shownpage.h"
#include "desktop/runs/loadingpage.h"
#include "desktop/runs/runfixtures.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <fanfare/runs/environmentcomparison.h>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
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
    void writesAPageAndPictures();
    void showsBothTimelines();
    void aRunThatGoesOnGrowsUntilItEnds();
    void theChosenHandlerStaysWhileARunGoesOn();
    void ofThreeSidesAnyTwoAreCompared();
    void aMissingFileIsASentence();
    void cancelWantsToBeClosed();

private:
    QTemporaryDir m_folder;
    QString m_fast;
    QString m_slow;
};

void tst_ComparePage::initTestCase()
{
    m_fast = writeRun(m_folder.path(), 100, u"fast"_s);
    m_slow = writeRun(m_folder.path(), 100, u"slow"_s, 6'000'000, ExecutorKind::Processes);
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
    const auto isAlike = [&rows](const QString &what, const QString &words) {
        const auto shared = std::ranges::find(rows, what, &ComparisonRow::what);
        return shared != rows.end() && !shared->isNotable && shared->a == words
            && shared->b == words;
    };
    QVERIFY(isAlike(u"Queue bound"_s, u"1000000"_s));
    QVERIFY(isAlike(u"Full queue"_s, u"block"_s));
    const std::vector<PluginListing> plugins = pluginsOf(comparison);
    QCOMPARE(plugins.size(), 1U);
    QVERIFY(isAlike(u"Plugin "_s + plugins[0].id, plugins[0].a));
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
