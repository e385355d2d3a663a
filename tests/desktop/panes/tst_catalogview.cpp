// SPDX-License-Identifier: MIT
#include "desktop/models/catalogview.h"
#include "desktop/samplefacts.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_CatalogView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsEveryEventOnce();
    void namesHandlersInOrder();
    void countsHandlersOfTheGlobalEvent();
    void knowsNothingOfRefusedPlugins();
};

void tst_CatalogView::listsEveryEventOnce()
{
    const CatalogFact catalog = SampleFacts::catalog();

    QCOMPARE(eventsOf(catalog),
             (QStringList{u"Echo"_s, u"FileAdded"_s, u"Sleep"_s, u"StringEvent"_s}));
}

void tst_CatalogView::namesHandlersInOrder()
{
    const CatalogFact catalog = SampleFacts::catalog();

    QCOMPARE(handlerNames(catalog, u"StringEvent"_s), u"[Sync], [Async]"_s);
    QCOMPARE(handlerNames(catalog, u"Nothing"_s), QString());
}

void tst_CatalogView::countsHandlersOfTheGlobalEvent()
{
    CatalogFact catalog = SampleFacts::catalog();
    catalog.plugins[1].handlers[0].events = {u"*"_s};

    QCOMPARE(handlerNames(catalog, u"Echo"_s), u"echo, sha256"_s);
    QVERIFY(!eventsOf(catalog).contains(u"*"_s));
}

void tst_CatalogView::knowsNothingOfRefusedPlugins()
{
    CatalogFact catalog = SampleFacts::catalog();
    catalog.plugins[0].isActive = false;

    QCOMPARE(eventsOf(catalog), QStringList{u"FileAdded"_s});
    QCOMPARE(findEvent(catalog, u"Sleep"_s), nullptr);
}

QTEST_GUILESS_MAIN(tst_CatalogView)
#include "tst_catalogview.moc"
