// SPDX-License-Identifier: MIT
#include "desktop/models/pluginmodel.h"
#include "desktop/samplefacts.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_PluginModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsPluginsEventsAndHandlers();
    void aRefusedPluginSaysWhy();
    void anActivePluginTellsOfANewBuild();
    void aHandlerThatIsNotStartedSaysWhy();
    void knowsWhatRulesAreAbout();
    void aFileOnItsWaySaysSo();
    void countsCallsAndFailures();
    void tellsTheLastResultAndTheRates();
    void forgetsCountsWithTheRun();
    void sortsByNameBelowWhatWasRefused();
    void sortsByCallsAsTheyGrow();
};

void tst_PluginModel::showsPluginsEventsAndHandlers()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    PluginModel model(run);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);

    const QModelIndex basics = model.index(1, 0);
    const QModelIndex stringEvent = model.index(0, 0, basics);
    const QModelIndex async = model.index(1, 0, stringEvent);

    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(basics.data().toString(), u"basics 1.0"_s);
    QCOMPARE(model.rowCount(basics), 3);
    QCOMPARE(stringEvent.data().toString(), u"StringEvent"_s);
    QCOMPARE(async.data().toString(), u"[Async]"_s);
    QCOMPARE(model.eventAt(async), u"StringEvent"_s);
    QCOMPARE(model.eventAt(basics), QString());
}

void tst_PluginModel::aRefusedPluginSaysWhy()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    PluginModel model(run);

    const QModelIndex refused = model.index(0, 0);

    QCOMPARE(refused.data().toString(), u"broken.so"_s);
    QVERIFY(model.index(0, 0, refused).data().toString().contains(u"not a library"_s));
    QVERIFY(refused.data(Qt::ToolTipRole).toString().contains(u"not-a-library"_s));
}

void tst_PluginModel::anActivePluginTellsOfANewBuild()
{
    RunModel run;
    CatalogFact catalog = SampleFacts::catalog();
    catalog.plugins[0].newBuild =
        NewBuildFact{{}, u"2.0"_s, u"crashed-at-load"_s, u"It crashes; correct it."_s, {}};
    run.setCatalog(catalog);
    const PluginModel model(run);

    const QModelIndex plugin = model.index(1, 0);
    const QModelIndex told = model.index(0, 0, plugin);

    QCOMPARE(told.data().toString(), u"New build refused: It crashes; correct it."_s);
    QVERIFY(told.data(PluginModel::IsSentenceRole).toBool());
    QCOMPARE(model.refusedFileAt(told), catalog.plugins[0].path);
    QVERIFY(model.rowCount(plugin) > 1); // its events are still there
}

void tst_PluginModel::aHandlerThatIsNotStartedSaysWhy()
{
    RunModel run;
    CatalogFact catalog = SampleFacts::catalog();
    HandlerFact &handler = catalog.plugins[0].handlers[0];
    handler.crash = CrashRecord{QByteArray(32, 'x'), u"org.fanfare.basics"_s, handler.name, 3};
    handler.block = HandlerBlock{u"quarantined"_s, u"It crashed 3 times."_s};
    run.setCatalog(catalog);
    PluginModel model(run);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);

    const QModelIndex sync = model.index(0, 0, model.index(0, 0, model.index(1, 0)));
    const QModelIndex told = model.index(0, 0, sync);

    QCOMPARE(told.data().toString(), u"It crashed 3 times."_s);
    QVERIFY(told.data(PluginModel::IsSentenceRole).toBool());
    QVERIFY(told.data(Qt::ToolTipRole).toString().contains(u"quarantined"_s));
    QVERIFY(model.subjectAt(told)->crash->isQuarantined());
    QCOMPARE(model.rowCount(model.index(1, 0, model.index(0, 0, model.index(1, 0)))), 0);
}

void tst_PluginModel::knowsWhatRulesAreAbout()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    const PluginModel model(run);
    const QModelIndex basics = model.index(1, 0);
    const QModelIndex event = model.index(0, 0, basics);
    const QModelIndex async = model.index(1, 0, event);

    QCOMPARE(model.subjectAt(basics)->target.name, u"org.fanfare.basics"_s);
    QCOMPARE(model.subjectAt(event)->target.kind, PolicyTarget::Kind::Event);
    QCOMPARE(model.subjectAt(async)->target.name, u"org.fanfare.basics/[Async]"_s);
    QVERIFY(!model.subjectAt(model.index(0, 0))); // refused

    QCOMPARE(model.indexOf(model.subjectAt(async)->target, u"StringEvent"_s), async);
    QVERIFY(!model.indexOf({PolicyTarget::Kind::Plugin, u"org.none"_s}, {}).isValid());
}

void tst_PluginModel::aFileOnItsWaySaysSo()
{
    RunModel run;
    PluginFact settling;
    settling.path = u"/plugins/new.so"_s;
    run.setCatalog({{settling}, {}});
    const PluginModel model(run);

    const QModelIndex told = model.index(0, 0, model.index(0, 0));

    QVERIFY(told.data().toString().contains(u"Waiting"_s));
    QVERIFY(model.refusedFileAt(told).isEmpty());
}

void tst_PluginModel::countsCallsAndFailures()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    PluginModel model(run);
    const QModelIndex sync = model.index(0, 0, model.index(0, 0, model.index(1, 0)));

    run.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 1, 0),
                                  SampleFacts::span(SampleFacts::task(2), 1, 0, Outcome::Failed)}));
    model.refreshCounts();

    QCOMPARE(sync.siblingAtColumn(PluginModel::CallsColumn).data().toString(), u"2"_s);
    QCOMPARE(sync.siblingAtColumn(PluginModel::FailuresColumn).data().toString(), u"1"_s);
    QCOMPARE(sync.siblingAtColumn(PluginModel::MedianColumn).data().toString(),
             u"2.01 ms"_s); // a step of the histogram is less than 1 %
}

void tst_PluginModel::tellsTheLastResultAndTheRates()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    PluginModel model(run);
    const QModelIndex sync = model.index(0, 0, model.index(0, 0, model.index(1, 0)));
    const QModelIndex last = sync.siblingAtColumn(PluginModel::LastColumn);
    const QModelIndex rates = sync.siblingAtColumn(PluginModel::RatesColumn);
    QVERIFY(!last.data(Qt::DecorationRole).isValid());
    QVERIFY(!rates.data(PluginModel::RatesRole).isValid());

    run.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 1, 0),
                                  SampleFacts::span(SampleFacts::task(2), 1, 9, Outcome::Failed)}));
    model.refreshCounts();

    QVERIFY(last.data(Qt::DecorationRole).isValid());
    QCOMPARE(last.data(Qt::AccessibleTextRole).toString(), u"Last call: Failed"_s);
    QCOMPARE(rates.data(PluginModel::RatesRole).value<CallRates>()[59], 2U);
    QVERIFY(rates.data(Qt::ToolTipRole).toString().contains(u"at most 2 in a second"_s));
    const QModelIndex event = sync.parent().siblingAtColumn(PluginModel::RatesColumn);
    QVERIFY(!event.data(PluginModel::RatesRole).isValid());
}

void tst_PluginModel::forgetsCountsWithTheRun()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    PluginModel model(run);
    const QModelIndex sync = model.index(0, 0, model.index(0, 0, model.index(1, 0)));
    run.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 1, 0)}));
    model.refreshCounts();

    run.clear();
    model.refreshCounts();

    QCOMPARE(sync.siblingAtColumn(PluginModel::CallsColumn).data().toString(), QString());
}

/// "refused; plugin: event, event; plugin: event": the two upper levels from top to bottom.
static QString orderOf(const PluginModel &model)
{
    QStringList plugins;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex plugin = model.index(row, 0);
        QStringList events;
        for (int event = 0; event < model.rowCount(plugin) && row > 0; ++event)
            events.append(model.index(event, 0, plugin).data().toString());
        plugins.append(plugin.data().toString() + (row > 0 ? u": "_s : QString())
                       + events.join(u", "_s));
    }
    return plugins.join(u"; "_s);
}

void tst_PluginModel::sortsByNameBelowWhatWasRefused()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    PluginModel model(run);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QString found = orderOf(model);
    const QPersistentModelIndex echo = model.index(2, 0, model.index(1, 0));
    const QString name = echo.data().toString();

    model.sort(PluginModel::NameColumn, Qt::DescendingOrder);
    const QString descending = orderOf(model);
    model.sort(PluginModel::NameColumn, Qt::AscendingOrder);
    run.setCatalog(SampleFacts::catalog());
    model.reload();
    const QString ascending = orderOf(model);
    model.sort(-1);

    QCOMPARE(name, u"Echo"_s);
    QCOMPARE(found, u"broken.so; basics 1.0: StringEvent, Sleep, Echo; checksum: FileAdded"_s);
    QCOMPARE(descending, u"broken.so; checksum: FileAdded; basics 1.0: StringEvent, Sleep, Echo"_s);
    QCOMPARE(ascending, u"broken.so; basics 1.0: Echo, Sleep, StringEvent; checksum: FileAdded"_s);
    QCOMPARE(orderOf(model), found);
}

void tst_PluginModel::sortsByCallsAsTheyGrow()
{
    RunModel run;
    run.setCatalog(SampleFacts::catalog());
    PluginModel model(run);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QPersistentModelIndex sleep = model.index(1, 0, model.index(1, 0));
    model.sort(PluginModel::CallsColumn, Qt::DescendingOrder);

    run.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 5, 0),
                                  SampleFacts::span(SampleFacts::task(2), 5, 0),
                                  SampleFacts::span(SampleFacts::task(3), 4, 0)}));
    model.refreshCounts();
    const QString before = orderOf(model);
    run.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(4), 3, 0),
                                  SampleFacts::span(SampleFacts::task(5), 3, 0)}));
    model.refreshCounts();

    QCOMPARE(before, u"broken.so; checksum: FileAdded; basics 1.0: Echo, StringEvent, Sleep"_s);
    QCOMPARE(orderOf(model),
             u"broken.so; basics 1.0: Sleep, Echo, StringEvent; checksum: FileAdded"_s);
    QCOMPARE(sleep.data().toString(), u"Sleep"_s); // what is chosen stays chosen
    QCOMPARE(sleep.row(), 0);
}

QTEST_MAIN(tst_PluginModel)
#include "tst_pluginmodel.moc"
