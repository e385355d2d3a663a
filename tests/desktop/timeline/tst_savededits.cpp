// SPDX-License-Identifier: MIT
#include "desktop/timeline/savededits.h"

#include "desktop/models/runmodel.h"
#include "desktop/samplefacts.h"

#include <QTest>

using namespace Fanfare;
using namespace SampleFacts;
using namespace Qt::StringLiterals;

class tst_SavedEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comesBackAsItWas();
    void lanesGoByTheirNames();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();

private:
    static void addLanes(RunModel &model, const QStringList &names);

    std::unique_ptr<RunModel> m_model;
};

void tst_SavedEdits::addLanes(RunModel &model, const QStringList &names)
{
    BatchFact fact;
    for (qsizetype i = 0; i < names.size(); ++i)
        fact.trace.lanes.push_back({LaneId(i), LaneKind::Thread, names[i], 0});
    model.apply(fact);
}

void tst_SavedEdits::init()
{
    m_model = std::make_unique<RunModel>();
    addLanes(*m_model, {u"thread 1"_s, u"thread 2"_s, u"thread 3"_s});
}

void tst_SavedEdits::comesBackAsItWas()
{
    SavedEdits saved;
    saved.edits.notes.add({(qint64(1) << 60) + 1, (qint64(1) << 60) + 3, u"here it begins"_s});
    saved.edits.lanes.setPinned(1, true);
    saved.edits.lanes.setHeight(2, LaneHeight::Large);
    saved.edits.lanes.setFilter(0, u"wait>5ms"_s);
    saved.edits.lanes.setSequence({2, 0, 1});
    saved.edits.lanes.setFolded({LaneKind::Thread, {}}, true);
    saved.edits.lanes.setFolded({LaneKind::Process, u"alpha: 1"_s}, true);
    saved.edits.filter = u"outcome:failed"_s;
    saved.bookmarks[4] = ViewHistory::View{123'456'789'012, 5e6, false};
    QVERIFY(!saved.isEmpty());

    const Result<SavedEdits> again = savedEdits(jsonOf(saved, *m_model), *m_model);

    QVERIFY(again);
    QCOMPARE(again->edits.notes, saved.edits.notes);
    QVERIFY(again->edits.lanes.filters() == saved.edits.lanes.filters());
    QVERIFY(again->edits.lanes.isPinned(1));
    QCOMPARE(again->edits.lanes.height(2), LaneHeight::Large);
    QCOMPARE(again->edits.lanes.sequence(), saved.edits.lanes.sequence());
    QVERIFY(again->edits.lanes.folded() == saved.edits.lanes.folded());
    QCOMPARE(again->edits.filter, saved.edits.filter);
    QVERIFY(again->bookmarks == saved.bookmarks);
    QVERIFY(SavedEdits().isEmpty());
}

void tst_SavedEdits::lanesGoByTheirNames()
{
    SavedEdits saved;
    saved.edits.lanes.setHidden(1, true);
    saved.edits.lanes.setPinned(2, true);
    const QByteArray json = jsonOf(saved, *m_model);
    RunModel other;
    addLanes(other, {u"thread 3"_s, u"thread 1"_s});

    const Result<SavedEdits> again = savedEdits(json, other);

    QVERIFY(again);
    QVERIFY(again->edits.lanes.isPinned(0));
    QCOMPARE(again->edits.lanes.hiddenCount(), 0U);
}

void tst_SavedEdits::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no JSON") << QByteArray("[1, 2");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("of a later version") << QByteArray("{\"version\": 2}");
    QTest::newRow("a list") << QByteArray("[]");
}

void tst_SavedEdits::refusesWhatItDoesNotKnow()
{
    QFETCH(QByteArray, json);

    const Result<SavedEdits> saved = savedEdits(json, *m_model);

    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::Unreadable);
    QVERIFY(!saved.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(tst_SavedEdits)
#include "tst_savededits.moc"
