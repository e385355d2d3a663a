// SPDX-License-Identifier: MIT
// Clearing a run, and taking that back.
#include "desktop/models/runmodel.h"
#include "desktop/models/runspans.h"
#include "desktop/samplefacts.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_RunContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasClearedComesBackBeforeWhatCameSince();
    void onlyTheLastClearingCanBeTakenBack();
    void whatRunsStaysInTheRowOfWhatComesBack();
};

void tst_RunContent::whatWasClearedComesBackBeforeWhatCameSince()
{
    RunModel model;
    model.setCatalog(SampleFacts::catalog());
    TaskDetail detail;
    detail.task = SampleFacts::task(1);
    detail.result = 7;
    model.apply(SampleFacts::batch(
        {SampleFacts::span(SampleFacts::task(1), 3, 1000),
         SampleFacts::span(SampleFacts::task(2), 3, 10'000'000, Outcome::Failed)},
        {SampleFacts::line(1500, SampleFacts::task(1), 3, u"before"_s)}, {detail}));
    QStringList story;
    connect(&model, &RunModel::changed, this,
            [&] { story.append(u"changed %1"_s.arg(model.spanCount())); });
    connect(&model, &RunModel::restored, this, [&] { story.append(u"restored"_s); });

    const quint64 number = model.clear();
    model.apply(
        SampleFacts::batch({SampleFacts::span(SampleFacts::task(3), 3, 20'000'000)},
                           {SampleFacts::line(20'000'500, SampleFacts::task(3), 3, u"since"_s)}));
    const bool isBack = model.restoreCleared(number);

    QVERIFY(isBack);
    QCOMPARE(story,
             (QStringList{u"changed 0"_s, u"changed 1"_s, u"changed 0"_s, u"restored"_s,
                          u"changed 3"_s}));
    QCOMPARE(model.span(0).record.task, SampleFacts::task(1));
    QCOMPARE(model.span(2).record.task, SampleFacts::task(3));
    QCOMPARE(model.line(0).text, u"before"_s);
    QCOMPARE(model.line(1).text, u"since"_s);
    QCOMPARE(model.detail(SampleFacts::task(1))->result, QCborValue(7));
    QCOMPARE(model.totals().spans, quint64(3));
    QCOMPARE(model.totals().outcomes[size_t(Outcome::Failed)], quint64(1));
    QCOMPARE(model.startTime(), qint64(1000));
    QVERIFY(model.find(SampleFacts::task(2)) && model.find(SampleFacts::task(3)));
    QVERIFY(!model.restoreCleared(number));
}

void tst_RunContent::onlyTheLastClearingCanBeTakenBack()
{
    RunModel model;
    model.setCatalog(SampleFacts::catalog());
    model.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 3, 1000)}));
    const quint64 first = model.clear();
    model.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(2), 3, 1000)}));
    const quint64 second = model.clear();

    QVERIFY(!model.restoreCleared(first));
    QVERIFY(model.restoreCleared(second));
    QCOMPARE(model.spanCount(), size_t(1));
    QVERIFY(model.find(SampleFacts::task(2)));
}

void tst_RunContent::whatRunsStaysInTheRowOfWhatComesBack()
{
    RunModel model;
    model.setCatalog(SampleFacts::catalog());
    model.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 3, 1000)}));
    const quint64 number = model.clear();
    BatchFact live = SampleFacts::batch({});
    live.trace.live.time = 20'000'000;
    live.trace.live.running = {
        {SampleFacts::task(2), SubscriberId{3}, 1, LaneId{0}, 9'000'000, 10'000'000, -1}};
    model.apply(live);

    QVERIFY(model.restoreCleared(number));

    QCOMPARE(model.spans().lanes()[0].rows.size(), size_t(1));
    QCOMPARE(model.spans().rowOf(SampleFacts::task(2)), std::optional<int>(0));
    QCOMPARE(model.totals().running, quint64(1));
}

QTEST_GUILESS_MAIN(tst_RunContent)
#include "tst_runcontent.moc"
