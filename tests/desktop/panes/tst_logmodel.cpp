// SPDX-License-Identifier: MIT
#include "desktop/models/logmodel.h"
#include "desktop/models/rundetails.h"
#include "desktop/samplefacts.h"

#include <QAbstractItemModelTester>
#include <QGuiApplication>
#include <QPalette>
#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_LogModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void attributesLinesToTheirTask();
    void appendsWhatIsNew();
    void startsAgainAfterClear();
    void filtersByTextHandlerAndLevel();
    void filtersByTheLanesOfAnArea();
    void linesToWhichARuleAppliesStandOut();
    void linesOfAHoveredEmissionStandOutALittle();
    void forgetsWhatTheRunForgets();
    void sortsAMillionLinesInSlices();
    void filtersByHandlerExactly();
    void foldedRowsGrowAndSayWhen();
    void aFoldedRowStaysWhileOneOfItsLinesDoes();

private:
    QString cell(int row, int column) const
    {
        return m_model->index(row, column).data().toString();
    }
    void add(const QStringList &texts);
    void filter(const QString &text)
    {
        LogFilter filter;
        filter.setText(text);
        m_model->setFilter(filter);
    }

    std::unique_ptr<RunModel> m_run;
    std::unique_ptr<LogModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void tst_LogModel::init()
{
    m_run = std::make_unique<RunModel>();
    m_run->setCatalog(SampleFacts::catalog());
    m_model = std::make_unique<LogModel>(*m_run);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void tst_LogModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_run.reset();
}

void tst_LogModel::add(const QStringList &texts)
{
    std::vector<LogLine> lines;
    for (const QString &text : texts)
        lines.push_back(SampleFacts::line(1000, SampleFacts::task(1), 1, text));
    m_run->apply(SampleFacts::batch({}, std::move(lines)));
    m_model->refresh();
}

void tst_LogModel::attributesLinesToTheirTask()
{
    const TaskId task = SampleFacts::task(12);

    m_run->apply(
        SampleFacts::batch({SampleFacts::span(task, 1, 1'000'000'000)},
                           {SampleFacts::line(1'001'500'000, task, 1, u"[Sync] Started!"_s)}));
    m_model->refresh();

    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(cell(0, LogModel::TimeColumn), u"0:00.001"_s);
    QCOMPARE(cell(0, LogModel::TaskColumn), u"#12 · [Sync] · thread 1"_s);
    QCOMPARE(cell(0, LogModel::TextColumn), u"[Sync] Started!"_s);
    QCOMPARE(m_model->taskAt(0), task);
}

void tst_LogModel::appendsWhatIsNew()
{
    add({u"one"_s});
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);

    add({u"two"_s, u"three"_s});

    QCOMPARE(inserted.count(), 1);
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(cell(2, LogModel::TextColumn), u"three"_s);
}

void tst_LogModel::startsAgainAfterClear()
{
    add({u"one"_s, u"two"_s});

    m_run->clear();
    m_model->refresh();
    const int rowsAfterClear = m_model->rowCount();
    add({u"three"_s});

    QCOMPARE(rowsAfterClear, 0);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(cell(0, LogModel::TextColumn), u"three"_s);
}

void tst_LogModel::filtersByTextHandlerAndLevel()
{
    add({u"alpha"_s, u"beta"_s});
    m_run->apply(SampleFacts::batch(
        {}, {SampleFacts::line(1, SampleFacts::task(2), 5, u"gamma"_s, LogLevel::Warning)}));
    m_model->refresh();

    filter(u"ALPHA"_s);
    const int byText = m_model->rowCount();
    filter(u"sha256"_s);
    const int byHandler = m_model->rowCount();
    filter(u"warning"_s);
    const QString byLevel = cell(0, LogModel::TextColumn);
    const qint64 hidden = m_model->hiddenCount();
    filter(QString());

    QCOMPARE(byText, 1);
    QCOMPARE(byHandler, 1);
    QCOMPARE(byLevel, u"gamma"_s);
    QCOMPARE(hidden, 2);
    QCOMPARE(m_model->rowCount(), 3);
}

/// What runs counts by the lane it runs on; what belongs to no lane is about all of them.
void tst_LogModel::filtersByTheLanesOfAnArea()
{
    SpanRecord other = SampleFacts::span(SampleFacts::task(2), 1, 0);
    other.lane = LaneId{1};
    BatchFact batch = SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 1, 0), other});
    batch.trace.lanes.push_back({LaneId{1}, LaneKind::Thread, u"thread 2"_s, 4711});
    batch.trace.live.running = {{SampleFacts::task(3), SubscriberId{1}, 1, LaneId{1}, 0, 1'000}};
    for (const quint64 emission : {1, 2, 3, 0})
        batch.trace.log.push_back(
            SampleFacts::line(1'000, SampleFacts::task(emission), 1, QString::number(emission)));
    m_run->apply(batch);
    const auto shownFor = [this](const std::optional<LogTimes> &times) {
        LogFilter filter;
        filter.setTimes(times);
        m_model->setFilter(filter);
        QStringList texts;
        for (int row = 0; row < m_model->rowCount(); ++row)
            texts += cell(row, LogModel::TextColumn);
        return texts.join(u' ');
    };

    QCOMPARE(shownFor(LogTimes{0, 2'000, {1}}), u"2 3 0"_s);
    QCOMPARE(shownFor(LogTimes{0, 2'000, {0}}), u"1 0"_s);
    QCOMPARE(shownFor(LogTimes{0, 2'000, {0, 1}}), u"1 2 3 0"_s);
    QCOMPARE(shownFor(LogTimes{0, 2'000}), u"1 2 3 0"_s);
    QCOMPARE(shownFor(LogTimes{0, 500, {0, 1}}), QString());
}

void tst_LogModel::linesToWhichARuleAppliesStandOut()
{
    m_run->apply(SampleFacts::batch(
        {},
        {SampleFacts::line(1, SampleFacts::task(1), 1, u"all is well"_s, LogLevel::Info),
         SampleFacts::line(2, SampleFacts::task(2), 1, u"it burns"_s, LogLevel::Error)}));
    m_model->refresh();
    const auto color = [this](int row, int role) {
        return m_model->index(row, LogModel::TextColumn).data(role);
    };
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    const QPalette palette = QGuiApplication::palette();

    m_model->setRules({{u"BURN"_s, {}, {}, Tint::Red}});

    QCOMPARE(changed.count(), 1);
    QVERIFY(!color(0, Qt::BackgroundRole).isValid());
    QCOMPARE(color(1, Qt::BackgroundRole).value<QColor>(), tintColor(Tint::Red, palette));
    QCOMPARE(color(1, Qt::ForegroundRole).value<QColor>(), palette.color(QPalette::Text));

    m_model->setMarked(SampleFacts::task(2));
    QVERIFY(color(1, Qt::BackgroundRole).value<QColor>() != tintColor(Tint::Red, palette));

    m_model->setMarked({});
    m_model->setRules({{{}, {}, u"[Sync]"_s, Tint::Blue}}); // the handler of both
    QCOMPARE(color(0, Qt::BackgroundRole).value<QColor>(), tintColor(Tint::Blue, palette));
    QCOMPARE(color(1, Qt::BackgroundRole).value<QColor>(), tintColor(Tint::Blue, palette));
}

void tst_LogModel::linesOfAHoveredEmissionStandOutALittle()
{
    m_run->apply(
        SampleFacts::batch({},
                           {SampleFacts::line(1, SampleFacts::task(1), 1, u"one"_s),
                            SampleFacts::line(2, SampleFacts::task(2, 0), 1, u"two"_s),
                            SampleFacts::line(3, SampleFacts::task(2, 1), 2, u"three"_s)}));
    m_model->refresh();
    const auto color = [this](int row) {
        return m_model->index(row, 0).data(Qt::BackgroundRole).value<QColor>();
    };

    m_model->setHovered(EmissionId{2});
    const QList<QColor> hovered{color(0), color(1), color(2)};
    m_model->setMarked(SampleFacts::task(2, 0));
    const QColor marked = color(1);
    m_model->setMarked({});
    m_model->setHovered({});

    QVERIFY(!hovered[0].isValid());
    QVERIFY(hovered[1].isValid());
    QCOMPARE(hovered[2], hovered[1]); // all tasks of it
    QVERIFY(marked != hovered[1]);    // what is selected stands out more
    QVERIFY(!color(1).isValid());
}

void tst_LogModel::forgetsWhatTheRunForgets()
{
    m_tester.reset(); // checks every row after every change
    add(QStringList(qsizetype(RunLog::maximumLines), u"line"_s));
    m_model->sortRest();

    add({u"one too many"_s});

    QVERIFY(m_run->forgottenLines() > 0);
    QCOMPARE(size_t(m_model->rowCount()), m_run->lineCount());
    QCOMPARE(cell(m_model->rowCount() - 1, LogModel::TextColumn), u"one too many"_s);
}

/// What takes longer than a part of a frame goes on by itself.
void tst_LogModel::sortsAMillionLinesInSlices()
{
    m_tester.reset(); // checks every row after every change
    add(QStringList(qsizetype(RunLog::maximumLines), u"line"_s));
    m_model->sortRest();
    QSignalSpy advanced(m_model.get(), &LogModel::advanced);

    filter(u"#1 "_s); // in no text, so all places are asked
    const bool isSorting = m_model->isSorting();
    const int rowsAtOnce = m_model->rowCount();
    QTRY_VERIFY_WITH_TIMEOUT(!m_model->isSorting(), 60'000);

    QVERIFY(isSorting);
    QVERIFY(rowsAtOnce < m_model->rowCount());
    QVERIFY(advanced.count() > 1);
    QCOMPARE(size_t(m_model->rowCount()), m_run->lineCount());
    QCOMPARE(m_model->hiddenCount(), qint64(0));
}

void tst_LogModel::filtersByHandlerExactly()
{
    add({u"one"_s});
    m_run->apply(SampleFacts::batch({}, {SampleFacts::line(1, SampleFacts::task(2), 5, u"two"_s)}));
    m_model->refresh();
    LogFilter byHandler;
    byHandler.setHandler(u"sha256"_s);

    m_model->setFilter(byHandler);

    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(cell(0, LogModel::TextColumn), u"two"_s);
}

void tst_LogModel::foldedRowsGrowAndSayWhen()
{
    m_model->setFolding(true);
    add({u"same"_s, u"same"_s});
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);

    add({u"same"_s, u"other"_s});

    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(cell(0, LogModel::TextColumn), u"same  (× 3)"_s);
    QCOMPARE(m_model->hiddenCount(), qint64(0));
    m_model->setFolding(false);
    QCOMPARE(m_model->rowCount(), 4);
}

void tst_LogModel::aFoldedRowStaysWhileOneOfItsLinesDoes()
{
    m_tester.reset(); // checks every row after every change
    m_model->setFolding(true);
    add({u"first"_s});
    add(QStringList(750'000, u"same"_s));
    m_model->sortRest();

    add(QStringList(500'000, u"other"_s));
    m_model->sortRest();

    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(cell(0, LogModel::TextColumn).left(4), u"same"_s);
    QCOMPARE(m_model->taskAt(1), SampleFacts::task(1));
}

QTEST_MAIN(tst_LogModel)
#include "tst_logmodel.moc"
