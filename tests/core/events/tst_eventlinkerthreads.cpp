// SPDX-License-Identifier: MIT
#include "linking.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace Qt::StringLiterals;
using namespace Fanfare;
using namespace Fanfare::Test;

class tst_EventLinkerThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLimitHoldsWhenManySubscribeAtOnce();
    void exactlyOneOfManyTakesAOneTimeSubscriber();
    void nobodyIsLostWhenTakesAreGivenBack();
    void staysConsistentWhileEverybodyChangesIt();
};

static constexpr int threadCount = 4;

/// Runs \a function(i) on several threads that start together.
template <typename Function>
static void together(Function function)
{
    std::latch start(threadCount);
    std::vector<std::jthread> threads;
    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            function(i);
        });
    }
}

void tst_EventLinkerThreads::theLimitHoldsWhenManySubscribeAtOnce()
{
    for (int round = 0; round < 50; ++round) {
        EventLinker linker({.maxSubscribers = 7});
        std::atomic<int> accepted = 0;

        together([&](int) {
            for (int i = 0; i < 5; ++i)
                accepted += bool(linker.subscribe({u"A"_s, u"B"_s}, idle()));
        });

        QCOMPARE(accepted.load(), 7);
        QCOMPARE(*linker.subscriberCountOf(u"A"_s), 7);
        QCOMPARE(*linker.subscriberCountOf(u"B"_s), 7);
    }
}

void tst_EventLinkerThreads::exactlyOneOfManyTakesAOneTimeSubscriber()
{
    for (int round = 0; round < 200; ++round) {
        EventLinker linker;
        const SubscriberId once = subscribe(linker, {u"A"_s, u"B"_s}, idleOnce());
        std::atomic<int> takers = 0;

        together([&](int i) {
            const Ids ids = take(linker, i % 2 ? Event(u"A"_s) : Event(u"B"_s));
            takers += int(std::ranges::count(ids, once));
        });

        QCOMPARE(takers.load(), 1);
        QVERIFY(linker.isEmpty());
    }
}

void tst_EventLinkerThreads::nobodyIsLostWhenTakesAreGivenBack()
{
    EventLinker linker;
    const SubscriberId once = subscribe(linker, {u"A"_s, Event::global()}, idleOnce());
    const SubscriberId regular = subscribe(linker, {u"A"_s});

    together([&](int) {
        for (int i = 0; i < 200; ++i) {
            std::vector<SubscriberPointer> taken;
            (void)linker.take(u"A"_s, taken);
            linker.restore(taken);
        }
    });

    QCOMPARE(*linker.eventCountOf(once), 2);
    QCOMPARE(take(linker, u"A"_s), (Ids{once, regular}));
    QCOMPARE(linker.subscribers(), Ids{regular});
}

void tst_EventLinkerThreads::staysConsistentWhileEverybodyChangesIt()
{
    EventLinker linker;
    const SubscriberId constant = subscribe(linker, {u"A"_s});
    std::atomic<int> misses = 0;

    together([&](int i) {
        const Event own = i % 2 ? Event(u"own %1"_s.arg(i)) : Event::global();
        for (int n = 0; n < 100; ++n) {
            const SubscriberId id = subscribe(linker, {u"A"_s, own});
            const Ids recipients = take(linker, u"A"_s);
            misses += std::ranges::count(recipients, id) != 1;
            misses += std::ranges::count(recipients, constant) != 1;
            misses += !std::ranges::is_sorted(recipients);
            misses += !linker.unsubscribe(id);
            misses += *linker.contains(id);
        }
    });

    QCOMPARE(misses.load(), 0);
    QCOMPARE(linker.subscribers(), Ids{constant});
    QCOMPARE(names(linker.events()), QStringList{u"A"_s});
}

QTEST_GUILESS_MAIN(tst_EventLinkerThreads)
#include "tst_eventlinkerthreads.moc"
