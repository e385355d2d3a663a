// SPDX-License-Identifier: MIT
#include "desktop/compare/compareview.h"
#include "desktop/compare/historycard.h"
#include "desktop/compare/historychart.h"
#include "desktop/compare/shownpage.h"
#include "desktop/runs/runfixtures.h"

#include <QComboBox>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Fanfare;
using namespace RunFixtures;
using namespace Qt::StringLiterals;

/// Earlier runs of what is compared, and where a level changes.
class tst_CompareHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theHistoryIsThatOfTheScenario();
    void theHistoryReadsAHandlerOfKeptRuns();
    void aChangeIsMarkedWhereALevelBegins();

private:
    QTemporaryDir m_folder;
    QString m_fast;
    QString m_slow;
};

void tst_CompareHistory::initTestCase()
{
    m_fast = writeRun(m_folder.path(), 100, u"fast"_s);
    m_slow = writeRun(m_folder.path(), 100, u"slow"_s, 6'000'000, ExecutorKind::Processes);
}

void tst_CompareHistory::theHistoryIsThatOfTheScenario()
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

void tst_CompareHistory::theHistoryReadsAHandlerOfKeptRuns()
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

void tst_CompareHistory::aChangeIsMarkedWhereALevelBegins()
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

QTEST_MAIN(tst_CompareHistory)
#include "tst_comparehistory.moc"
