// SPDX-License-Identifier: MIT
#include <fanfare/events/emissionids.h>

#include <QTest>

#include <algorithm>
#include <array>
#include <memory>
#include <thread>
#include <vector>

using namespace Fanfare;

class tst_EmissionIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countOnOneThread();
    void areUniqueAndIncreaseOnEachThread();
    void neverMixEmitters();
};

void tst_EmissionIds::countOnOneThread()
{
    EmissionIds ids;
    std::vector<quint64> first;
    for (int i = 0; i < 100; ++i)
        first.push_back(number(ids.take(1)));

    const quint64 batch = number(ids.take(1000));
    const quint64 after = number(ids.take(1));

    for (quint64 i = 0; i < first.size(); ++i)
        QCOMPARE(first[i], i + 1);
    QVERIFY(batch > 100);
    QCOMPARE(after, batch + 1000);
}

void tst_EmissionIds::areUniqueAndIncreaseOnEachThread()
{
    EmissionIds ids;
    std::array<std::vector<quint64>, 3> taken;
    std::vector<std::thread> threads;
    for (std::vector<quint64> &own : taken) {
        threads.emplace_back([&] {
            for (quint32 i = 0; i < 10'000; ++i) {
                const quint32 count = 1 + i % 5;
                const quint64 first = number(ids.take(count));
                for (quint32 each = 0; each < count; ++each)
                    own.push_back(first + each);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    std::vector<quint64> all;
    for (const std::vector<quint64> &own : taken) {
        QVERIFY(std::ranges::is_sorted(own));
        all.insert(all.end(), own.begin(), own.end());
    }
    std::ranges::sort(all);
    QCOMPARE(std::ranges::adjacent_find(all), all.end());
    QVERIFY(all.front() >= 1);
}

void tst_EmissionIds::neverMixEmitters()
{
    std::vector<std::unique_ptr<EmissionIds>> emitters;
    for (int i = 0; i < 9; ++i) // more than a thread remembers
        emitters.push_back(std::make_unique<EmissionIds>());
    std::vector<quint64> last(emitters.size());

    for (int round = 0; round < 100; ++round) {
        for (size_t i = 0; i < emitters.size(); ++i) {
            const quint64 id = number(emitters[i]->take(1));
            QVERIFY(id > last[i]);
            last[i] = id;
        }
    }
    emitters[0].reset();
    emitters[0] = std::make_unique<EmissionIds>(); // often at the same address
    QCOMPARE(number(emitters[0]->take(1)), 1U);
}

QTEST_GUILESS_MAIN(tst_EmissionIds)
#include "tst_emissionids.moc"
