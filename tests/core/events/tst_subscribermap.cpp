// SPDX-License-Identifier: MIT
#include <fanfare/events/subscribermap.h>

#include <QTest>

#include <map>
#include <random>

using namespace Fanfare;

class tst_SubscriberMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderOfIds();
    void addsAgainWhatWasRemoved();
    void keepsWhatIsThere();
    void holdsWhatAStandardMapHolds();
};

void tst_SubscriberMap::keepsTheOrderOfIds()
{
    SubscriberMap<int> map;

    for (const quint32 id : {5, 9, 2, 7})
        map.emplace(SubscriberId(id), int(10 * id));
    map.erase(SubscriberId(7));
    map.erase(SubscriberId(3));

    QCOMPARE(map.size(), 3U);
    QCOMPARE(map.ids(),
             (std::vector<SubscriberId>{SubscriberId(2), SubscriberId(5), SubscriberId(9)}));
    QCOMPARE(map.values(), (std::vector<int>{20, 50, 90}));
}

void tst_SubscriberMap::addsAgainWhatWasRemoved()
{
    SubscriberMap<int> map;
    for (quint32 id = 1; id <= 8; ++id)
        map.emplace(SubscriberId(id), int(id));

    map.erase(SubscriberId(3));
    QVERIFY(!map.contains(SubscriberId(3)));
    map.emplace(SubscriberId(3), 33);

    QCOMPARE(map.size(), 8U);
    QCOMPARE(*map.find(SubscriberId(3)), 33);
}

void tst_SubscriberMap::keepsWhatIsThere()
{
    SubscriberMap<int> map;
    map.emplace(SubscriberId(1), 10);

    map.emplace(SubscriberId(1), 11);

    QCOMPARE(map.size(), 1U);
    QCOMPARE(*map.find(SubscriberId(1)), 10);
}

void tst_SubscriberMap::holdsWhatAStandardMapHolds()
{
    std::mt19937 random(4711); // NOLINT: the same sequence every time
    SubscriberMap<int> map;
    std::map<quint32, int> expected;

    for (int i = 0; i < 20'000; ++i) {
        const quint32 id = random() % 200;
        if (random() % 2 == 0) {
            map.emplace(SubscriberId(id), i);
            expected.emplace(id, i);
        } else {
            map.erase(SubscriberId(id));
            expected.erase(id);
        }
        QCOMPARE(map.size(), expected.size());
        QCOMPARE(map.contains(SubscriberId(id)), expected.contains(id));
    }

    std::vector<int> values;
    for (const auto &[id, value] : expected)
        values.push_back(value);
    QCOMPARE(map.values(), values);
}

QTEST_APPLESS_MAIN(tst_SubscriberMap)
#include "tst_subscribermap.moc"
