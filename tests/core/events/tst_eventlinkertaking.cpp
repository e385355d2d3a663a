// SPDX-License-Identifier: MIT
// What an emission takes from the event linker.
#include "linking.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_EventLinkerTaking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesSubscribersOfTheEventAndOfTheGlobalOneOnce();
    void theGlobalEventReachesGlobalSubscribersOnly();
    void globalSubscribersComeToEventsThatWereEmittedBefore();
    void recipientsDoNotChangeLater();
    void aOneTimeSubscriberLeavesAllItsEventsWhenTaken();
    void restorePutsBackWhatWasTaken();
    void restoreRevivesNothingThatWasRemovedMeanwhile_data();
    void restoreRevivesNothingThatWasRemovedMeanwhile();
    void restorePutsBackTheLinksThatWereNotCutMeanwhile();
    void whatIsForgottenDoesNotComeBack();
    void numbersEventsOnFirstUse();
    void takenRecipientsCarryTheNumberOfTheirEvent();
    void letsGoOfRemovedSubscribersAtOnce_data();
    void letsGoOfRemovedSubscribersAtOnce();
};

void tst_EventLinkerTaking::takesSubscribersOfTheEventAndOfTheGlobalOneOnce()
{
    EventLinker linker;
    const SubscriberId global = subscribe(linker, {Event::global()});
    const SubscriberId both = subscribe(linker, {u"A"_s, Event::global()});
    const SubscriberId specific = subscribe(linker, {u"A"_s});

    QCOMPARE(take(linker, u"A"_s), (Ids{global, both, specific}));
    QCOMPARE(take(linker, u"A"_s), (Ids{global, both, specific}));
    QCOMPARE(take(linker, u"never heard of"_s), (Ids{global, both}));

    const SubscriberId late = subscribe(linker, {Event::global()});
    QCOMPARE(take(linker, u"A"_s), (Ids{global, both, specific, late}));
    QVERIFY(linker.unsubscribe(global));
    QCOMPARE(take(linker, u"A"_s), (Ids{both, specific, late}));
}

void tst_EventLinkerTaking::theGlobalEventReachesGlobalSubscribersOnly()
{
    EventLinker linker;
    subscribe(linker, {u"A"_s});
    QVERIFY(take(linker, Event::global()).empty());
    const SubscriberId asterisk = subscribe(linker, {u"*"_s});
    const SubscriberId global = subscribe(linker, {Event::global()});

    QCOMPARE(take(linker, Event::global()), Ids{global});
    QCOMPARE(take(linker, u"*"_s), (Ids{asterisk, global}));
}

void tst_EventLinkerTaking::globalSubscribersComeToEventsThatWereEmittedBefore()
{
    EventLinker linker;
    const SubscriberId a = subscribe(linker, {u"A"_s});
    const SubscriberId b = subscribe(linker, {u"B"_s});

    for (int i = 0; i < 2; ++i) {
        QCOMPARE(take(linker, u"A"_s), Ids{a});
        QCOMPARE(take(linker, u"B"_s), Ids{b});
        const SubscriberId global = subscribe(linker, {Event::global()});
        QCOMPARE(take(linker, u"A"_s), (Ids{a, global}));
        QCOMPARE(take(linker, u"B"_s), (Ids{b, global}));
        QVERIFY(linker.unsubscribe(global));
    }
}

void tst_EventLinkerTaking::recipientsDoNotChangeLater()
{
    EventLinker linker;
    const SubscriberId id = subscribe(linker, {u"A"_s});
    std::vector<SubscriberPointer> taken;

    const RecipientsPointer recipients = linker.take(u"A"_s, taken);
    linker.removeAll();
    subscribe(linker, {u"A"_s});

    QCOMPARE(recipients->event, u"A"_s);
    QCOMPARE(recipients->subscribers.size(), 1U);
    QCOMPARE(recipients->subscribers.front()->id, id);
    QVERIFY(taken.empty());
}

void tst_EventLinkerTaking::aOneTimeSubscriberLeavesAllItsEventsWhenTaken()
{
    EventLinker linker;
    const SubscriberId once = subscribe(linker, {u"A"_s, u"B"_s, Event::global()}, idleOnce());
    const SubscriberId regular = subscribe(linker, {u"B"_s});

    QCOMPARE(take(linker, u"never heard of"_s), Ids{once});

    QVERIFY(!*linker.contains(once));
    QVERIFY(!linker.unsubscribe(once));
    QCOMPARE(*linker.eventCountOf(once), 0);
    QCOMPARE(names(linker.events()), QStringList{u"B"_s});
    QCOMPARE(take(linker, u"B"_s), Ids{regular});
}

void tst_EventLinkerTaking::restorePutsBackWhatWasTaken()
{
    EventLinker linker;
    const SubscriberId once = subscribe(linker, {u"A"_s, Event::global()}, idleOnce());
    const SubscriberId regular = subscribe(linker, {u"A"_s});
    std::vector<SubscriberPointer> taken;
    (void)linker.take(u"A"_s, taken);

    linker.restore(taken);

    QCOMPARE(*linker.eventCountOf(once), 2);
    QCOMPARE(take(linker, u"A"_s), (Ids{once, regular}));
    QCOMPARE(take(linker, u"A"_s), Ids{regular});
}

using Removal = std::function<void(EventLinker &, SubscriberId)>;
Q_DECLARE_METATYPE(Removal)

void tst_EventLinkerTaking::restoreRevivesNothingThatWasRemovedMeanwhile_data()
{
    QTest::addColumn<Removal>("removal");

    QTest::newRow("unsubscribe") << Removal(
        [](EventLinker &linker, SubscriberId id) { QVERIFY(!linker.unsubscribe(id)); });
    QTest::newRow("removeSubscriber") << Removal(
        [](EventLinker &linker, SubscriberId id) { QVERIFY(!*linker.removeSubscriber(id)); });
    QTest::newRow("remove, event by event") << Removal([](EventLinker &linker, SubscriberId id) {
        QVERIFY(!*linker.remove(u"A"_s, id));
        QVERIFY(!*linker.remove(u"B"_s, id));
    });
    QTest::newRow("removeEvent, event by event") << Removal([](EventLinker &linker, SubscriberId) {
        QVERIFY(!*linker.removeEvent(u"A"_s));
        QVERIFY(!*linker.removeEvent(u"B"_s));
    });
    QTest::newRow("removeAll") << Removal(
        [](EventLinker &linker, SubscriberId) { QVERIFY(!linker.removeAll()); });
}

void tst_EventLinkerTaking::restoreRevivesNothingThatWasRemovedMeanwhile()
{
    QFETCH(Removal, removal);
    EventLinker linker;
    const SubscriberId once = subscribe(linker, {u"A"_s, u"B"_s}, idleOnce());
    std::vector<SubscriberPointer> taken;
    (void)linker.take(u"A"_s, taken);
    removal(linker, once);

    linker.restore(taken);

    QVERIFY(linker.isEmpty());
    QVERIFY(!*linker.contains(once));
    QVERIFY(take(linker, u"B"_s).empty());
}

void tst_EventLinkerTaking::restorePutsBackTheLinksThatWereNotCutMeanwhile()
{
    EventLinker linker;
    const SubscriberId once = subscribe(linker, {u"A"_s, u"B"_s, u"C"_s}, idleOnce());
    std::vector<SubscriberPointer> taken;
    (void)linker.take(u"A"_s, taken);
    QVERIFY(!*linker.removeEvent(u"A"_s));
    QVERIFY(!*linker.remove(u"C"_s, once));

    linker.restore(taken);

    QCOMPARE(names(linker.events()), QStringList{u"B"_s});
    QCOMPARE(take(linker, u"B"_s), Ids{once});
}

void tst_EventLinkerTaking::whatIsForgottenDoesNotComeBack()
{
    EventLinker linker;
    subscribe(linker, {u"A"_s}, idleOnce());
    std::vector<SubscriberPointer> taken;
    (void)linker.take(u"A"_s, taken);

    linker.forget(taken);
    linker.restore(taken);

    QVERIFY(linker.isEmpty());
}

void tst_EventLinkerTaking::numbersEventsOnFirstUse()
{
    EventLinker linker;

    const quint32 a = linker.eventNumber(u"A"_s);
    const quint32 global = linker.eventNumber(Event::global());

    QVERIFY(a != 0 && global != 0 && a != global);
    QCOMPARE(linker.eventNumber(u"A"_s), a);
    QCOMPARE(linker.eventName(a), u"A"_s);
    QCOMPARE(linker.eventName(global), u"*"_s);
    QCOMPARE(linker.eventName(0), QString());
    QCOMPARE(linker.eventName(4711), QString());
    QVERIFY(linker.events().empty());
    QVERIFY(!*linker.contains(Event(u"A"_s)));
}

void tst_EventLinkerTaking::takenRecipientsCarryTheNumberOfTheirEvent()
{
    EventLinker linker;
    subscribe(linker, {u"A"_s});
    subscribe(linker, {Event::global()});
    std::vector<SubscriberPointer> taken;

    QCOMPARE(linker.eventName(linker.take(u"A"_s, taken)->eventNumber), u"A"_s);
    const RecipientsPointer onlyGlobal = linker.take(u"B"_s, taken);
    QCOMPARE(linker.eventName(onlyGlobal->eventNumber), u"B"_s);
}

void tst_EventLinkerTaking::letsGoOfRemovedSubscribersAtOnce_data()
{
    QTest::addColumn<bool>("isGlobal");

    QTest::newRow("of one event") << false;
    QTest::newRow("of the global event") << true;
}

void tst_EventLinkerTaking::letsGoOfRemovedSubscribersAtOnce()
{
    QFETCH(bool, isGlobal);
    EventLinker linker;
    subscribe(linker, {u"A"_s});
    const SubscriberId id = subscribe(linker, {isGlobal ? Event::global() : Event(u"A"_s)});
    const std::weak_ptr<const Subscriber> subscriber = linker.subscriber(id);
    QCOMPARE(take(linker, u"A"_s).size(), 2U);

    QVERIFY(linker.unsubscribe(id));

    QVERIFY(subscriber.expired());
}

QTEST_GUILESS_MAIN(tst_EventLinkerTaking)
#include "tst_eventlinkertaking.moc"
