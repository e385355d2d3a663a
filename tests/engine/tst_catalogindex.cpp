// SPDX-License-Identifier: MIT
#include <fanfare/engine/catalogindex.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_CatalogIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingWhenEmpty();
    void mergesGlobalHandlersInOrderOfSubscription();
    void countsAHandlerOnce();
    void knowsDescribedEventsWithoutHandlers();
    void knowsEveryEventWhenThereIsAGlobalHandler();
};

static HandlerFact handler(quint32 subscriber, const QStringList &events)
{
    HandlerFact fact;
    fact.subscriber = SubscriberId(subscriber);
    fact.events = events;
    return fact;
}

static CatalogIndex indexOf(const QList<HandlerFact> &handlers)
{
    PluginFact plugin;
    plugin.isActive = true;
    plugin.handlers = handlers;
    EventFact described;
    described.name = u"Described"_s;
    described.number = 6;
    plugin.events = {described};
    return CatalogIndex({{plugin}, {}});
}

static std::vector<SubscriberId> ids(std::initializer_list<quint32> numbers)
{
    std::vector<SubscriberId> all;
    for (const quint32 one : numbers)
        all.push_back(SubscriberId(one));
    return all;
}

void tst_CatalogIndex::knowsNothingWhenEmpty()
{
    const CatalogIndex index;

    QVERIFY(!index.recipeOf(u"E"_s).isKnown);
    QVERIFY(index.eventNames().isEmpty());
}

void tst_CatalogIndex::mergesGlobalHandlersInOrderOfSubscription()
{
    const CatalogIndex index =
        indexOf({handler(1, {u"Described"_s}), handler(2, {u"*"_s}), handler(3, {u"Described"_s})});

    QVERIFY(index.recipeOf(u"Described"_s).subscribers == ids({1, 2, 3}));
    QCOMPARE(index.recipeOf(u"Described"_s).event, 6u);
}

void tst_CatalogIndex::countsAHandlerOnce()
{
    const CatalogIndex index = indexOf({handler(1, {u"Described"_s, u"*"_s})});

    QVERIFY(index.recipeOf(u"Described"_s).subscribers == ids({1}));
}

void tst_CatalogIndex::knowsDescribedEventsWithoutHandlers()
{
    const CatalogIndex index = indexOf({});

    QVERIFY(index.recipeOf(u"Described"_s).isKnown);
    QVERIFY(index.recipeOf(u"Described"_s).subscribers.empty());
    QVERIFY(!index.recipeOf(u"Other"_s).isKnown);
    QCOMPARE(index.eventNames(), QStringList{u"Described"_s});
}

void tst_CatalogIndex::knowsEveryEventWhenThereIsAGlobalHandler()
{
    const CatalogIndex index = indexOf({handler(7, {u"*"_s})});

    QVERIFY(index.recipeOf(u"Anything"_s).isKnown);
    QVERIFY(index.recipeOf(u"Anything"_s).subscribers == ids({7}));
}

QTEST_APPLESS_MAIN(tst_CatalogIndex)
#include "tst_catalogindex.moc"
