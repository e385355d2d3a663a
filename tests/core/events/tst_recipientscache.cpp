// SPDX-License-Identifier: MIT
#include <fanfare/events/recipientscache.h>

#include "linking.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace Fanfare;
using namespace Fanfare::Test;

class tst_RecipientsCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatItRemembers();
    void forgetsWithTheGeneration();
    void refusesWhatWasReadTooEarly();
    void letsGoOfHandlersThatAreRemoved();
    void neverGivesOutARemovedSubscriber();
};

static RecipientsPointer recipients()
{
    return std::make_shared<Recipients>();
}

void tst_RecipientsCache::findsWhatItRemembers()
{
    RecipientsCache cache;
    std::vector<RecipientsPointer> all;
    for (int i = 0; i < 4; ++i)
        all.push_back(recipients());

    for (int i = 0; i < 4; ++i)
        cache.remember(QString::number(i), all[size_t(i)], cache.generation());

    for (int i = 0; i < 4; ++i)
        QCOMPARE(cache.find(QString::number(i)).get(), all[size_t(i)].get());
    QVERIFY(!cache.find(QString::number(4)));
    QVERIFY(!cache.find(Event::global()));
}

void tst_RecipientsCache::forgetsWithTheGeneration()
{
    RecipientsCache cache;
    cache.remember(u"a", recipients(), cache.generation());

    cache.invalidate();

    QVERIFY(!cache.find(u"a"));
}

void tst_RecipientsCache::refusesWhatWasReadTooEarly()
{
    RecipientsCache cache;
    const quint64 before = cache.generation();

    cache.invalidate();
    cache.remember(u"a", recipients(), before);

    QVERIFY(!cache.find(u"a"));
}

void tst_RecipientsCache::letsGoOfHandlersThatAreRemoved()
{
    EventLinker linker;
    auto watched = std::make_shared<int>();
    SubscriberOptions options;
    options.handler.run = [watched](Context &) { return QCborValue(*watched); };
    const SubscriberId id = subscribe(linker, {u"a"}, std::move(options));
    std::vector<TakenSubscriber> taken;
    (void)linker.take(u"a", taken);                              // remembered on this thread
    std::thread([&] { (void)linker.take(u"a", taken); }).join(); // and on another

    linker.unsubscribe(id);

    QCOMPARE(watched.use_count(), 1);
}

void tst_RecipientsCache::neverGivesOutARemovedSubscriber()
{
    EventLinker linker;
    subscribe(linker, {u"a"});
    std::atomic<quint32> removed = 0; // every id up to here was removed before
    std::atomic<int> wrong = 0;
    std::atomic<bool> isDone = false;
    std::vector<std::thread> emitting;
    for (int i = 0; i < 3; ++i) {
        emitting.emplace_back([&] {
            while (!isDone) {
                std::vector<TakenSubscriber> taken;
                const quint32 before = removed;
                const RecipientsPointer to = linker.take(u"a", taken);
                for (size_t k = 1; k < to->subscribers.size(); ++k)
                    wrong += number(to->subscribers[k]->id) <= before;
            }
        });
    }

    for (int i = 0; i < 5'000; ++i) {
        const SubscriberId id = subscribe(linker, {u"a"});
        linker.unsubscribe(id);
        removed = number(id);
    }
    isDone = true;
    for (std::thread &thread : emitting)
        thread.join();

    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(tst_RecipientsCache)
#include "tst_recipientscache.moc"
