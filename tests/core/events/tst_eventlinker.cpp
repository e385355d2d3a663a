// SPDX-License-Identifier: MIT
#include "linking.h"

#include <support/recordingcontext.h>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_EventLinker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesLimitsBelowOne_data();
    void refusesLimitsBelowOne();
    void acceptsNoLimitAndOne();
    void countsTheLimitOfEachEventAlone();
    void aFullEventRefusesTheWholeSubscription();
    void aDuplicateEventTakesOnePlace();
    void everyRemovalFreesAPlace_data();
    void everyRemovalFreesAPlace();
    void refusesTheFirstThatApplies_data();
    void refusesTheFirstThatApplies();
    void aRefusedSubscriptionChangesNothing();
    void defaultCallbacksFillInForMissingOnes();
    void everySubscriptionIsANewSubscriber();
    void aSubscriberKnowsHowItWasMade();
    void unsubscribeLeavesAllEventsOnce();
    void removeCutsOneLink();
    void theLastLinkTakesTheSubscriberWithIt();
    void removeEventLeavesOtherEventsAlone();
    void removeSubscriberIsUnsubscribe();
    void removeAllSaysWhetherSomethingWasThere();
    void removalsCheckTheEventBeforeTheSubscriber();
    void linkersShareNothing();
    void anotherLinkersSubscriberIsUnknown();
    void callsNothingForeignUnderItsLock();
};

void tst_EventLinker::refusesLimitsBelowOne_data()
{
    QTest::addColumn<int>("limit");

    QTest::newRow("0") << 0;
    QTest::newRow("-1") << -1;
    QTest::newRow("lowest") << std::numeric_limits<int>::min();
}

void tst_EventLinker::refusesLimitsBelowOne()
{
    QFETCH(int, limit);

    QCOMPARE(refusal(EventLinker::checked({.maxSubscribers = limit})), u"InvalidMaxSubscribers"_s);
}

void tst_EventLinker::acceptsNoLimitAndOne()
{
    QVERIFY(bool(EventLinker::checked({})));
    QVERIFY(bool(EventLinker::checked({.maxSubscribers = 1})));
}

void tst_EventLinker::countsTheLimitOfEachEventAlone()
{
    EventLinker linker({.maxSubscribers = 2});
    for (const Event &event : {Event(u"A"_s), Event(u"B"_s), Event::global()}) {
        subscribe(linker, {event});
        subscribe(linker, {event});
    }

    QCOMPARE(refusal(linker.subscribe({u"A"_s}, idle())), u"MaxSubscribersReached"_s);
    QCOMPARE(refusal(linker.subscribe({Event::global()}, idle())), u"MaxSubscribersReached"_s);

    QVERIFY(bool(linker.subscribe({u"C"_s}, idle())));
    QCOMPARE(linker.subscriberCount(), 7);
}

void tst_EventLinker::aFullEventRefusesTheWholeSubscription()
{
    EventLinker linker({.maxSubscribers = 1});
    const SubscriberId first = subscribe(linker, {u"B"_s});

    const auto refused = linker.subscribe({u"A"_s, u"B"_s, u"C"_s}, idle());

    QCOMPARE(refusal(refused), u"MaxSubscribersReached"_s);
    QVERIFY2(refused.error().message.contains(u"\"B\""_s), qPrintable(refused.error().message));
    QCOMPARE(names(linker.events()), QStringList{u"B"_s});
    QCOMPARE(linker.subscribers(), Ids{first});
}

void tst_EventLinker::aDuplicateEventTakesOnePlace()
{
    EventLinker linker({.maxSubscribers = 1});

    const SubscriberId id = subscribe(linker, {u"A"_s, u"A"_s, u"A"_s});

    QCOMPARE(*linker.subscriberCountOf(u"A"_s), 1);
    QCOMPARE(*linker.eventCountOf(id), 1);
    QCOMPARE(take(linker, u"A"_s), Ids{id});
}

using Removal = void (*)(EventLinker &, SubscriberId);
Q_DECLARE_METATYPE(Removal)

void tst_EventLinker::everyRemovalFreesAPlace_data()
{
    QTest::addColumn<Removal>("removal");

    QTest::newRow("unsubscribe") << Removal(
        [](EventLinker &linker, SubscriberId id) { linker.unsubscribe(id); });
    QTest::newRow("remove") << Removal(
        [](EventLinker &linker, SubscriberId id) { (void)linker.remove(u"A"_s, id); });
    QTest::newRow("removeEvent") << Removal(
        [](EventLinker &linker, SubscriberId) { (void)linker.removeEvent(u"A"_s); });
    QTest::newRow("removeSubscriber")
        << Removal([](EventLinker &linker, SubscriberId id) { (void)linker.removeSubscriber(id); });
    QTest::newRow("removeAll") << Removal(
        [](EventLinker &linker, SubscriberId) { linker.removeAll(); });
    QTest::newRow("take") << Removal(
        [](EventLinker &linker, SubscriberId) { (void)take(linker, u"A"_s); });
    QTest::newRow("lookup that takes") << Removal([](EventLinker &linker, SubscriberId) {
        (void)linker.subscribersOf({u"A"_s}, EventLinker::OneTime::Take);
    });
}

void tst_EventLinker::everyRemovalFreesAPlace()
{
    QFETCH(Removal, removal);
    EventLinker linker({.maxSubscribers = 1});
    const SubscriberId id = subscribe(linker, {u"A"_s}, idleOnce());
    QCOMPARE(refusal(linker.subscribe({u"A"_s}, idle())), u"MaxSubscribersReached"_s);

    removal(linker, id);

    QVERIFY(bool(linker.subscribe({u"A"_s}, idle())));
}

void tst_EventLinker::refusesTheFirstThatApplies_data()
{
    QTest::addColumn<QStringList>("events");
    QTest::addColumn<bool>("hasHandler");
    QTest::addColumn<QString>("error");

    QTest::newRow("no events") << QStringList() << false << u"NoEvents"_s;
    QTest::newRow("empty name") << QStringList{u""_s} << true << u"InvalidEvent"_s;
    QTest::newRow("null name") << QStringList{QString()} << true << u"InvalidEvent"_s;
    QTest::newRow("invalid before full")
        << QStringList{u"full"_s, u""_s} << false << u"InvalidEvent"_s;
    QTest::newRow("full before handler")
        << QStringList{u"A"_s, u"full"_s} << false << u"MaxSubscribersReached"_s;
    QTest::newRow("no handler") << QStringList{u"A"_s} << false << u"InvalidHandler"_s;
}

void tst_EventLinker::refusesTheFirstThatApplies()
{
    QFETCH(QStringList, events);
    QFETCH(bool, hasHandler);
    QFETCH(QString, error);
    EventLinker linker({.maxSubscribers = 1});
    subscribe(linker, {u"full"_s});

    const auto result =
        linker.subscribe({events.begin(), events.end()}, hasHandler ? idle() : SubscriberOptions());

    QCOMPARE(refusal(result), error);
    QVERIFY(!result.error().message.isEmpty());
}

void tst_EventLinker::aRefusedSubscriptionChangesNothing()
{
    EventLinker linker;
    SubscriberOptions wrongKind = idle();
    wrongKind.handler.kind = HandlerKind::Async; // has no coroutine

    QCOMPARE(refusal(linker.subscribe({u"A"_s}, wrongKind)), u"InvalidHandler"_s);
    QCOMPARE(refusal(linker.subscribe({u"A"_s, u""_s}, idle())), u"InvalidEvent"_s);

    QVERIFY(linker.isEmpty());
    QVERIFY(linker.registry().empty());
}

void tst_EventLinker::defaultCallbacksFillInForMissingOnes()
{
    QStringList story;
    const auto say = [&story](const QString &text) { story.append(text); };
    LinkerSettings settings;
    settings.defaultOnSuccess = [say](Context &, const QCborValue &) { say(u"default success"_s); };
    settings.defaultOnFailure = [say](Context &, Outcome, const TaskError &) {
        say(u"default failure"_s);
    };
    EventLinker linker(settings);
    SubscriberOptions own = idle();
    own.onSuccess = [say](Context &, const QCborValue &) { say(u"own success"_s); };
    RecordingContext context(u"A"_s, {});

    for (const SubscriberOptions &options : {idle(), own}) {
        const SubscriberPointer subscriber =
            linker.subscriber(subscribe(linker, {u"A"_s}, options));
        subscriber->onSuccess(context, {});
        subscriber->onFailure(context, Outcome::Failed, {});
    }

    QCOMPARE(story,
             (QStringList{u"default success"_s, u"default failure"_s, u"own success"_s,
                          u"default failure"_s}));
}

void tst_EventLinker::everySubscriptionIsANewSubscriber()
{
    EventLinker linker;
    const SubscriberOptions same = idle();

    const SubscriberId one = subscribe(linker, {u"A"_s}, same);
    const SubscriberId other = subscribe(linker, {u"A"_s}, same);

    QVERIFY(one != other);
    QCOMPARE(take(linker, u"A"_s), (Ids{one, other}));
    QVERIFY(linker.unsubscribe(one));
    QCOMPARE(take(linker, u"A"_s), Ids{other});
}

void tst_EventLinker::aSubscriberKnowsHowItWasMade()
{
    EventLinker linker;
    const SubscriberPointer regular = linker.subscriber(subscribe(linker, {u"A"_s}));
    const SubscriberPointer once = linker.subscriber(subscribe(linker, {u"A"_s}, idleOnce()));

    linker.removeAll();

    QVERIFY(!regular->isOnce);
    QVERIFY(once->isOnce);
    QVERIFY(regular->created > 0);
    QVERIFY(once->created >= regular->created);
    QCOMPARE(linker.subscriber(once->id), SubscriberPointer());
}

void tst_EventLinker::unsubscribeLeavesAllEventsOnce()
{
    EventLinker linker;
    const SubscriberId id = subscribe(linker, {u"A"_s, u"B"_s, Event::global()});

    QVERIFY(linker.unsubscribe(id));
    QVERIFY(!linker.unsubscribe(id));
    QVERIFY(!linker.unsubscribe(SubscriberId{}));

    QVERIFY(linker.isEmpty());
    QVERIFY(linker.events().empty());
}

void tst_EventLinker::removeCutsOneLink()
{
    EventLinker linker;
    const SubscriberId id = subscribe(linker, {u"A"_s, u"B"_s, Event::global()});
    const SubscriberId other = subscribe(linker, {u"B"_s});

    QVERIFY(*linker.remove(u"A"_s, id));
    QVERIFY(!*linker.remove(u"A"_s, id));
    QVERIFY(!*linker.remove(u"A"_s, other));
    QVERIFY(*linker.remove(Event::global(), id));

    QCOMPARE(names(linker.events()), QStringList{u"B"_s});
    QCOMPARE(take(linker, u"B"_s), (Ids{id, other}));
}

void tst_EventLinker::theLastLinkTakesTheSubscriberWithIt()
{
    EventLinker linker;
    const SubscriberId id = subscribe(linker, {u"A"_s, u"B"_s});

    QVERIFY(*linker.remove(u"A"_s, id));
    QVERIFY(*linker.contains(id));
    QVERIFY(*linker.remove(u"B"_s, id));

    QVERIFY(!*linker.contains(id));
    QVERIFY(linker.isEmpty());
}

void tst_EventLinker::removeEventLeavesOtherEventsAlone()
{
    EventLinker linker;
    const SubscriberId both = subscribe(linker, {u"A"_s, u"B"_s});
    const SubscriberId onlyA = subscribe(linker, {u"A"_s});

    QVERIFY(*linker.removeEvent(u"A"_s));
    QVERIFY(!*linker.removeEvent(u"A"_s));
    QVERIFY(!*linker.removeEvent(u"never heard of"_s));

    QCOMPARE(linker.subscribers(), Ids{both});
    QVERIFY(!*linker.contains(onlyA));
}

void tst_EventLinker::removeSubscriberIsUnsubscribe()
{
    EventLinker linker;
    const SubscriberId id = subscribe(linker, {u"A"_s, u"B"_s});

    QVERIFY(*linker.removeSubscriber(id));
    QVERIFY(!*linker.removeSubscriber(id));
    QVERIFY(!*linker.removeSubscriber(SubscriberId(4'000'000)));
    QVERIFY(linker.isEmpty());
}

void tst_EventLinker::removeAllSaysWhetherSomethingWasThere()
{
    EventLinker linker;
    QVERIFY(!linker.removeAll());
    subscribe(linker, {u"A"_s});
    subscribe(linker, {Event::global()});

    QVERIFY(linker.removeAll());

    QVERIFY(!linker.removeAll());
    QVERIFY(linker.isEmpty());
}

void tst_EventLinker::removalsCheckTheEventBeforeTheSubscriber()
{
    EventLinker linker;

    QCOMPARE(refusal(linker.remove(Event(), SubscriberId{})), u"InvalidEvent"_s);
    QCOMPARE(refusal(linker.remove(u"A"_s, SubscriberId{})), u"InvalidSubscriber"_s);
    QCOMPARE(refusal(linker.removeEvent(Event())), u"InvalidEvent"_s);
    QCOMPARE(refusal(linker.removeSubscriber(SubscriberId{})), u"InvalidSubscriber"_s);
}

void tst_EventLinker::linkersShareNothing()
{
    EventLinker one({.maxSubscribers = 1});
    EventLinker other;
    subscribe(one, {u"A"_s});

    QVERIFY(other.isEmpty());
    QVERIFY(take(other, u"A"_s).empty());
    subscribe(other, {u"A"_s});
    subscribe(other, {u"A"_s});
    QVERIFY(one.removeAll());
    QCOMPARE(other.subscriberCount(), 2);
}

void tst_EventLinker::anotherLinkersSubscriberIsUnknown()
{
    EventLinker one;
    EventLinker other;
    const SubscriberId stranger = subscribe(one, {u"A"_s});
    subscribe(other, {u"A"_s});

    QVERIFY(!*other.contains(stranger));
    QVERIFY(!*other.remove(u"A"_s, stranger));
    QVERIFY(!*other.removeSubscriber(stranger));
    QVERIFY(!other.unsubscribe(stranger));
    QCOMPARE(other.subscriberCount(), 1);
}

/// A handler whose destruction asks the linker, as that of a captured object may.
void tst_EventLinker::callsNothingForeignUnderItsLock()
{
    EventLinker linker({.maxSubscribers = 1});
    int asked = 0;
    const auto curious = [&linker, &asked](bool isOnce) {
        SubscriberOptions options;
        options.isOnce = isOnce;
        const std::shared_ptr<void> asks(nullptr,
                                         [&](void *) { asked += 1 + linker.eventCount(); });
        options.handler.run = [asks](Context &) { return QCborValue(); };
        return options;
    };

    QVERIFY(linker.unsubscribe(subscribe(linker, {u"A"_s}, curious(false))));
    QVERIFY(*linker.remove(u"A"_s, subscribe(linker, {u"A"_s}, curious(false))));
    subscribe(linker, {u"A"_s}, curious(false));
    QVERIFY(*linker.removeEvent(u"A"_s));
    subscribe(linker, {u"A"_s}, curious(false));
    QVERIFY(linker.removeAll());
    subscribe(linker, {u"A"_s}, curious(true));
    QVERIFY(bool(linker.subscribersOf({u"A"_s}, EventLinker::OneTime::Take)));
    subscribe(linker, {u"A"_s}, curious(true));
    QCOMPARE(take(linker, u"A"_s).size(), 1U);
    subscribe(linker, {u"A"_s});
    QVERIFY(!linker.subscribe({u"A"_s}, curious(false)));

    QCOMPARE(asked, 8); // seven times, the last with one event there
}

QTEST_GUILESS_MAIN(tst_EventLinker)
#include "tst_eventlinker.moc"
