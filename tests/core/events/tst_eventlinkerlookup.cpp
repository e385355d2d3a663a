// SPDX-License-Identifier: MIT
#include "linking.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_EventLinkerLookup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyLinkerHasNothing();
    void showsItsWholeRegistry();
    void answersInOrderOfSubscription();
    void findsTheEventsOfSubscribers();
    void findsTheSubscribersOfEvents();
    void takesOneTimeSubscribersOnlyWhenAsked();
    void countsNothingForStrangers();
    void saysWhatIsLinked();
    void refusesBadQuestions();
    void checksTheEventBeforeTheSubscriber();
    void answersAreCopies();
    void keepsItsSettings();
};

void tst_EventLinkerLookup::anEmptyLinkerHasNothing()
{
    const EventLinker linker;

    QVERIFY(linker.isEmpty());
    QVERIFY(linker.registry().empty());
    QVERIFY(linker.events().empty());
    QVERIFY(linker.subscribers().empty());
    QCOMPARE(linker.eventCount(), 0);
    QCOMPARE(linker.subscriberCount(), 0);
}

void tst_EventLinkerLookup::showsItsWholeRegistry()
{
    EventLinker linker;
    const SubscriberId one = subscribe(linker, {u"A"_s, u"B"_s});
    const SubscriberId other = subscribe(linker, {u"B"_s, Event::global()});

    QHash<QString, Ids> registry;
    for (const auto &[event, ids] : linker.registry())
        registry.insert(event.name(), ids);

    QCOMPARE(registry,
             (QHash<QString, Ids>{{u"A"_s, {one}}, {u"B"_s, {one, other}}, {u"*"_s, {other}}}));
    QVERIFY(!linker.isEmpty());
    QCOMPARE(linker.eventCount(), 3);
    QCOMPARE(linker.subscriberCount(), 2);
}

void tst_EventLinkerLookup::answersInOrderOfSubscription()
{
    EventLinker linker;
    Ids ids;
    std::vector<Event> events;
    for (int i = 0; i < 50; ++i) {
        events.push_back(u"event %1"_s.arg(50 - i));
        ids.push_back(subscribe(linker, {events.back()}));
    }

    QCOMPARE(linker.subscribers(), ids);
    QVERIFY(linker.events() == events);
    QVERIFY(*linker.eventsOf({ids.rbegin(), ids.rend()}) == events);
    QCOMPARE(*linker.subscribersOf({events.rbegin(), events.rend()}), ids);
}

void tst_EventLinkerLookup::findsTheEventsOfSubscribers()
{
    EventLinker linker;
    const SubscriberId one = subscribe(linker, {u"A"_s, u"B"_s});
    const SubscriberId other = subscribe(linker, {u"B"_s, Event::global()});
    const SubscriberId gone = subscribe(linker, {u"C"_s});
    linker.unsubscribe(gone);

    QCOMPARE(names(*linker.eventsOf({one})), (QStringList{u"A"_s, u"B"_s}));
    QCOMPARE(names(*linker.eventsOf({one, other, one})), (QStringList{u"*"_s, u"A"_s, u"B"_s}));
    QVERIFY(linker.eventsOf({gone})->empty());
    QCOMPARE(*linker.eventCountOf(one), 2);
}

void tst_EventLinkerLookup::findsTheSubscribersOfEvents()
{
    EventLinker linker;
    const SubscriberId one = subscribe(linker, {u"A"_s, u"B"_s});
    const SubscriberId other = subscribe(linker, {u"B"_s, Event::global()});

    QCOMPARE(*linker.subscribersOf({u"B"_s, u"A"_s, u"B"_s}), (Ids{one, other}));
    QCOMPARE(*linker.subscribersOf({u"A"_s}), Ids{one});
    QCOMPARE(*linker.subscribersOf({Event::global()}), Ids{other});
    QVERIFY(linker.subscribersOf({u"never heard of"_s})->empty());
    QCOMPARE(*linker.subscriberCountOf(u"B"_s), 2);
}

void tst_EventLinkerLookup::takesOneTimeSubscribersOnlyWhenAsked()
{
    EventLinker linker;
    const SubscriberId once = subscribe(linker, {u"A"_s, u"B"_s}, idleOnce());
    const SubscriberId regular = subscribe(linker, {u"A"_s});
    const SubscriberId elsewhere = subscribe(linker, {u"C"_s}, idleOnce());

    QCOMPARE(*linker.subscribersOf({u"A"_s}), (Ids{once, regular}));
    QCOMPARE(*linker.subscribersOf({u"A"_s}, EventLinker::OneTime::Take), (Ids{once, regular}));

    QCOMPARE(linker.subscribers(), (Ids{regular, elsewhere}));
    QVERIFY(!*linker.contains(Event(u"B"_s)));
}

void tst_EventLinkerLookup::countsNothingForStrangers()
{
    EventLinker linker;
    const SubscriberId gone = subscribe(linker, {u"A"_s});
    linker.removeAll();

    QCOMPARE(*linker.eventCountOf(gone), 0);
    QCOMPARE(*linker.subscriberCountOf(u"A"_s), 0);
    QVERIFY(!*linker.contains(gone));
    QVERIFY(!*linker.contains(Event(u"A"_s)));
    QVERIFY(!*linker.areLinked(u"A"_s, gone));
}

void tst_EventLinkerLookup::saysWhatIsLinked()
{
    EventLinker linker;
    const SubscriberId id = subscribe(linker, {u"A"_s, Event::global()});
    const SubscriberId other = subscribe(linker, {u"B"_s});

    QVERIFY(*linker.contains(Event(u"A"_s)));
    QVERIFY(*linker.contains(id));
    QVERIFY(*linker.areLinked(u"A"_s, id));
    QVERIFY(*linker.areLinked(Event::global(), id));
    QVERIFY(!*linker.areLinked(u"*"_s, id));
    QVERIFY(!*linker.areLinked(u"B"_s, id));
    QVERIFY(!*linker.areLinked(u"A"_s, other));
}

void tst_EventLinkerLookup::refusesBadQuestions()
{
    EventLinker linker;
    const SubscriberId id = subscribe(linker, {u"A"_s}, idleOnce());

    QCOMPARE(refusal(linker.eventsOf({})), u"NoSubscribers"_s);
    QCOMPARE(refusal(linker.eventsOf({id, SubscriberId{}})), u"InvalidSubscriber"_s);
    QCOMPARE(refusal(linker.subscribersOf({})), u"NoEvents"_s);
    QCOMPARE(refusal(linker.subscribersOf({u"A"_s, Event()}, EventLinker::OneTime::Take)),
             u"InvalidEvent"_s);
    QCOMPARE(refusal(linker.eventCountOf(SubscriberId{})), u"InvalidSubscriber"_s);
    QCOMPARE(refusal(linker.subscriberCountOf(Event())), u"InvalidEvent"_s);
    QCOMPARE(refusal(linker.contains(Event())), u"InvalidEvent"_s);
    QCOMPARE(refusal(linker.contains(SubscriberId{})), u"InvalidSubscriber"_s);

    QVERIFY(*linker.contains(id)); // a refused lookup takes nobody
}

void tst_EventLinkerLookup::checksTheEventBeforeTheSubscriber()
{
    const EventLinker linker;

    QCOMPARE(refusal(linker.areLinked(Event(), SubscriberId{})), u"InvalidEvent"_s);
    QCOMPARE(refusal(linker.areLinked(u"A"_s, SubscriberId{})), u"InvalidSubscriber"_s);
}

void tst_EventLinkerLookup::answersAreCopies()
{
    EventLinker linker;
    const SubscriberId id = subscribe(linker, {u"A"_s});

    auto registry = linker.registry();
    auto subscribers = linker.subscribers();
    auto events = linker.events();
    registry.clear();
    subscribers.clear();
    events.clear();

    QVERIFY(*linker.areLinked(u"A"_s, id));
    QCOMPARE(linker.registry().size(), 1U);
}

void tst_EventLinkerLookup::keepsItsSettings()
{
    LinkerSettings settings;
    settings.maxSubscribers = 3;
    settings.defaultOnSuccess = [](Context &, const QCborValue &) {};
    const EventLinker linker(settings);

    QCOMPARE(linker.settings().maxSubscribers, std::optional(3));
    QVERIFY(bool(linker.settings().defaultOnSuccess));
    QVERIFY(!linker.settings().defaultOnFailure);
    QVERIFY(!EventLinker().settings().maxSubscribers);
}

QTEST_GUILESS_MAIN(tst_EventLinkerLookup)
#include "tst_eventlinkerlookup.moc"
