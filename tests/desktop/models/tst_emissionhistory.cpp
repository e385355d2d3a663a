// SPDX-License-Identifier: MIT
#include "desktop/models/emissionhistory.h"
#include "desktop/samplefacts.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_EmissionHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsWhatBecameOfTheTasks();
    void whatGoesOnStaysOneEntry();
    void restoresBelowWhatCameSince();
    void keepsCountsWhenTheRunIsCleared();
    void theEntryOfAHoveredEmissionStandsOut();

private:
    QString cell(int row, int column) const
    {
        return m_model->index(row, column).data().toString();
    }

    std::unique_ptr<RunModel> m_run;
    std::unique_ptr<EmissionHistory> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void tst_EmissionHistory::init()
{
    QLocale::setDefault(QLocale::c());
    m_tester.reset();
    m_model.reset();
    m_run = std::make_unique<RunModel>();
    m_model = std::make_unique<EmissionHistory>(*m_run);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void tst_EmissionHistory::countsWhatBecameOfTheTasks()
{
    m_model->add(EmissionId{1}, {u"Echo"_s, {}, 1, 0}, false);
    m_model->add(EmissionId{2}, {u"Sleep"_s, {}, 10, 0}, false);
    const QString before = cell(0, EmissionHistory::OutcomeColumn);

    m_run->apply(SampleFacts::batch(
        {SampleFacts::span(SampleFacts::task(1), 4, 0),
         SampleFacts::span(SampleFacts::task(2), 3, 10'000'000, Outcome::Failed),
         SampleFacts::span(SampleFacts::task(11), 3, 20'000'000, Outcome::Canceled),
         SampleFacts::span(SampleFacts::task(12), 3, 30'000'000)}));
    m_model->refreshCounts();

    QCOMPARE(before, u"…"_s);
    QCOMPARE(cell(0, EmissionHistory::EventColumn), u"#2 Sleep × 10"_s);
    QCOMPARE(cell(0, EmissionHistory::OutcomeColumn), u"✕1 ○1"_s);
    QCOMPARE(cell(1, EmissionHistory::OutcomeColumn), u"✓1"_s);
}

void tst_EmissionHistory::whatGoesOnStaysOneEntry()
{
    m_model->add(EmissionId{1}, {u"Echo"_s, {}, 50, 50}, false);
    m_model->add(EmissionId{51}, {u"Echo"_s, {}, 50, 50}, true, std::chrono::milliseconds(3));
    m_model->add(EmissionId{101}, {u"Echo"_s, {}, 50, 50}, false, std::chrono::milliseconds(5));

    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(cell(1, EmissionHistory::EventColumn), u"#1 Echo × 100"_s);
    QCOMPARE(m_model->entries().front().pause.count(), 5);
    QCOMPARE(m_model->entries().back().pause.count(), 0);
}

void tst_EmissionHistory::restoresBelowWhatCameSince()
{
    m_model->add(EmissionId{1}, {u"A"_s, {}, 1, 0}, false);
    m_model->add(EmissionId{2}, {u"B"_s, {}, 1, 0}, false);
    const auto all = m_model->entries();

    m_model->remove(all);
    const int left = m_model->rowCount();
    m_model->add(EmissionId{3}, {u"C"_s, {}, 1, 0}, false);
    m_model->restore(all);

    QCOMPARE(left, 0);
    QCOMPARE(cell(0, EmissionHistory::EventColumn), u"#3 C"_s);
    QCOMPARE(cell(2, EmissionHistory::EventColumn), u"#1 A"_s);
}

void tst_EmissionHistory::keepsCountsWhenTheRunIsCleared()
{
    m_model->add(EmissionId{1}, {u"Echo"_s, {}, 1, 0}, false);
    m_run->apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 4, 0)}));
    m_model->refreshCounts();

    m_run->clear();
    m_model->refreshCounts();

    QCOMPARE(cell(0, EmissionHistory::OutcomeColumn), u"✓1"_s);
}

void tst_EmissionHistory::theEntryOfAHoveredEmissionStandsOut()
{
    m_model->add(EmissionId{1}, {u"Echo"_s, {}, 1, 0}, false);
    m_model->add(EmissionId{2}, {u"Sleep"_s, {}, 10, 0}, false);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    const auto isMarked = [this](int row) {
        return m_model->index(row, 0).data(Qt::BackgroundRole).isValid();
    };

    m_model->setHovered(EmissionId{7});
    const bool isIn = isMarked(0);
    const bool isOther = isMarked(1);
    m_model->setHovered(EmissionId{12}); // that of no entry
    m_model->setHovered({});

    QVERIFY(isIn);
    QVERIFY(!isOther);
    QVERIFY(!isMarked(0));
    QCOMPARE(changed.size(), 2); // on and off
    QCOMPARE(changed[0][0].toModelIndex().row(), 0);
}

QTEST_MAIN(tst_EmissionHistory)
#include "tst_emissionhistory.moc"
