// SPDX-License-Identifier: MIT
#include "linking.h"

#include <fanfare/base/clock.h>

#include <QTest>

#include <latch>
#include <thread>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_Subscription : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatItIsAlsoWhenItIsGone();
    void unsubscribesFromAllEventsOnce();
    void ofNobodyDoesNothing();
    void throwingItAwayChangesNothing();
    void aScopedOneUnsubscribesAtTheEndOfItsScope();
    void aScopedOneMovesAndReleases();
    void outlivesTheLinker();
    void aHandlerMayOwnASubscriptionOfTheSameLinker();
    void theLinkerWaitsForCallsThatAreUnderWay();
};

static Subscription subscribeIdle(EventLinker &linker, const QString &event)
{
    return *linker.on(event).run([] {});
}

void tst_Subscription::saysWhatItIsAlsoWhenItIsGone()
{
    EventLinker linker;
    const qint64 before = MonotonicClock::now();
    const Subscription once = *linker.on(u"A"_s).once().run([] {});
    const qint64 created = linker.subscriber(once.id())->created;

    QCOMPARE(take(linker, u"A"_s), Ids{once.id()});

    QVERIFY(!once.isActive());
    QVERIFY(once.isOnce());
    QCOMPARE(once.created(), created);
    QVERIFY(before <= created && created <= MonotonicClock::now());
}

void tst_Subscription::unsubscribesFromAllEventsOnce()
{
    EventLinker linker;
    const Subscription subscription = *linker.on(u"A"_s, u"B"_s).run([] {});
    QVERIFY(subscription.isActive());

    QVERIFY(subscription.unsubscribe());

    QVERIFY(!subscription.isActive());
    QVERIFY(!subscription.unsubscribe());
    QVERIFY(linker.isEmpty());
}

void tst_Subscription::ofNobodyDoesNothing()
{
    const Subscription nobody;

    QCOMPARE(number(nobody.id()), 0U);
    QVERIFY(!nobody.isActive());
    QVERIFY(!nobody.unsubscribe());
}

void tst_Subscription::throwingItAwayChangesNothing()
{
    EventLinker linker;

    subscribeIdle(linker, u"A"_s);

    QCOMPARE(linker.subscriberCount(), 1);
}

void tst_Subscription::aScopedOneUnsubscribesAtTheEndOfItsScope()
{
    EventLinker linker;
    {
        const ScopedSubscription scoped = subscribeIdle(linker, u"A"_s);
        QVERIFY(scoped->isActive());
    }

    QVERIFY(linker.isEmpty());
}

void tst_Subscription::aScopedOneMovesAndReleases()
{
    EventLinker linker;
    ScopedSubscription first = subscribeIdle(linker, u"A"_s);
    ScopedSubscription second = subscribeIdle(linker, u"B"_s);

    first = std::move(second);
    QCOMPARE(names(linker.events()), QStringList{u"B"_s});
    const Subscription kept = first.release();
    first = ScopedSubscription();

    QVERIFY(kept.isActive());
}

void tst_Subscription::outlivesTheLinker()
{
    auto linker = std::make_unique<EventLinker>();
    ScopedSubscription scoped = subscribeIdle(*linker, u"A"_s);
    const Subscription subscription = *scoped;

    linker.reset();

    QVERIFY(!subscription.isActive());
    QVERIFY(!subscription.unsubscribe());
}

void tst_Subscription::aHandlerMayOwnASubscriptionOfTheSameLinker()
{
    EventLinker linker;
    auto inner = std::make_shared<ScopedSubscription>(subscribeIdle(linker, u"B"_s));
    const Subscription outer = *linker.on(u"A"_s).run([inner] {});
    inner.reset();

    QVERIFY(outer.unsubscribe());

    QVERIFY(linker.isEmpty());
}

void tst_Subscription::theLinkerWaitsForCallsThatAreUnderWay()
{
    for (int round = 0; round < 200; ++round) {
        auto linker = std::make_unique<EventLinker>();
        const Subscription subscription = subscribeIdle(*linker, u"A"_s);
        std::latch start(2);
        std::jthread other([&] {
            start.arrive_and_wait();
            subscription.unsubscribe();
        });

        start.arrive_and_wait();
        linker.reset();
    }
}

QTEST_GUILESS_MAIN(tst_Subscription)
#include "tst_subscription.moc"
