// SPDX-License-Identifier: MIT
#include "desktop/models/catalogchanges.h"
#include "desktop/models/runmodel.h"
#include "desktop/samplefacts.h"

#include <QSignalSpy>
#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_CatalogChanges final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsWhatWasSwitched();
    void tellsOfAnotherBuild();
    void saysNothingOfPluginsThatComeAndGo();
    void knowsABuildOverARestart();
    void marksARunThatHasBegun();

private:
    PluginFact &basics() { return m_catalog.plugins[0]; }

    CatalogFact m_catalog;
    CatalogChanges m_changes;
};

void tst_CatalogChanges::init()
{
    m_catalog = SampleFacts::catalog();
    m_changes = CatalogChanges();
    m_changes.take(m_catalog);
}

void tst_CatalogChanges::tellsWhatWasSwitched()
{
    basics().decided.isEnabled = false;
    const QStringList plugin = m_changes.take(m_catalog);
    basics().decided.isEnabled = true;
    basics().handlers[0].decided.isEnabled = false;
    basics().events[2].isEnabled = false;
    const QStringList parts = m_changes.take(m_catalog);

    QCOMPARE(plugin, QStringList{u"basics disabled"_s});
    QCOMPARE(parts,
             (QStringList{u"basics enabled"_s, u"basics / Echo disabled"_s,
                          u"basics / [Sync] disabled"_s}));
    QCOMPARE(m_changes.take(m_catalog), QStringList());
}

void tst_CatalogChanges::tellsOfAnotherBuild()
{
    basics().hash = "another"_ba;

    QCOMPARE(m_changes.take(m_catalog), QStringList{u"basics reloaded"_s});
}

void tst_CatalogChanges::saysNothingOfPluginsThatComeAndGo()
{
    m_catalog.plugins.removeAt(1);
    const QStringList gone = m_changes.take(m_catalog);
    m_catalog.plugins.append(basics());
    m_catalog.plugins.last().path = u"/plugins/new.so"_s;

    QCOMPARE(gone, QStringList());
    QCOMPARE(m_changes.take(m_catalog), QStringList());
}

/// An engine that starts lists a plugin before it is active, with nothing in it.
void tst_CatalogChanges::knowsABuildOverARestart()
{
    const PluginFact before = basics();
    basics() = PluginFact{.path = before.path};
    const QStringList starting = m_changes.take(m_catalog);
    basics() = before;
    basics().hash = "another"_ba;

    QCOMPARE(starting, QStringList());
    QCOMPARE(m_changes.take(m_catalog), QStringList{u"basics reloaded"_s});
}

void tst_CatalogChanges::marksARunThatHasBegun()
{
    RunModel run;
    run.setCatalog(m_catalog);
    basics().decided.isEnabled = false;
    run.setCatalog(m_catalog);
    const size_t before = run.marks().size();
    run.apply(SampleFacts::batch({SampleFacts::span(SampleFacts::task(1), 4, 1'000)}));
    QSignalSpy changed(&run, &RunModel::changed);

    basics().decided.isEnabled = true;
    run.setCatalog(m_catalog);

    QCOMPARE(before, 0U); // there is no time to mark yet
    QCOMPARE(run.marks().size(), 1U);
    QCOMPARE(run.marks()[0].text, u"basics enabled"_s);
    QVERIFY(run.marks()[0].kind == MarkKind::Plugins);
    QVERIFY(run.marks()[0].time > 1'000);
    QCOMPARE(changed.size(), 1);
}

QTEST_MAIN(tst_CatalogChanges)
#include "tst_catalogchanges.moc"
