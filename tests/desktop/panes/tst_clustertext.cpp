// SPDX-License-Identifier: MIT
#include "desktop/panes/clustertext.h"

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

static ClusterFact twoHosts()
{
    ClusterFact cluster;
    cluster.broker = u"amqps://app@broker:5671/fanfare"_s;
    cluster.isConnected = true;
    cluster.hosts = {
        {.label = u"node"_s, .slots = 4, .busy = 3, .waiting = 1},
        {.label = u"node #2"_s, .slots = 2, .clockOffset = -1'200'000, .clockError = 310'000}};
    return cluster;
}

class tst_ClusterText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysNothingWithoutACluster();
    void saysHowTheBrokerIs();
    void listsHostsWithTheirClocks();
    void tellsWhenAHostWasSeen();
    void findsTheHostOfALane();
};

void tst_ClusterText::saysNothingWithoutACluster()
{
    QCOMPARE(brokerText({}), QString());
    QVERIFY(!hostOfLane({}, u"process 1"_s));
}

void tst_ClusterText::saysHowTheBrokerIs()
{
    ClusterFact cluster = twoHosts();

    QVERIFY(brokerText(cluster).contains(u"2 host"_s));
    cluster.atBroker = 1234;
    QVERIFY(brokerText(cluster).contains(u"waiting"_s));
    cluster.problem = u"It has no memory."_s;
    QVERIFY(brokerText(cluster).contains(u"takes nothing"_s));
    QVERIFY(clusterToolTip(cluster).contains(cluster.problem));
    cluster.isConnected = false;

    QCOMPARE(brokerText(cluster), u"Broker away"_s);
}

void tst_ClusterText::listsHostsWithTheirClocks()
{
    ClusterFact cluster = twoHosts();
    cluster.hosts[0].isSilent = true;

    const QStringList lines = clusterToolTip(cluster).split(u'\n');

    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], cluster.broker);
    QVERIFY(lines[1].startsWith(u"node: 3 of 4 busy, 1 waiting"_s));
    QVERIFY(lines[1].contains(u"not heard of"_s));
    QVERIFY2(lines[2].endsWith(u"clock 1.20 ms behind, ±310 µs"_s), qPrintable(lines[2]));
    cluster.hosts[1].clockOffset = 2'000'000'000;
    QCOMPARE(clockText(cluster.hosts[1]), u"2.00 s ahead, ±310 µs"_s);
    QCOMPARE(clockText(cluster.hosts[0]), QString());
}

void tst_ClusterText::tellsWhenAHostWasSeen()
{
    constexpr qint64 second = 1'000'000'000;
    HostFact host = twoHosts().hosts[0];
    const auto seen = [&](qint64 now) {
        for (const auto &[name, value] : hostRows(host, now)) {
            if (name == u"Last seen"_s)
                return value;
        }
        return u"no such row"_s;
    };

    QCOMPARE(seen(100 * second), QString());
    host.lastSeen = 90 * second;
    QCOMPARE(seen(90 * second), u"now"_s);
    QCOMPARE(seen(102 * second + second / 3), u"12.0 s ago"_s);
}

void tst_ClusterText::findsTheHostOfALane()
{
    const ClusterFact cluster = twoHosts();

    QCOMPARE(hostOfLane(cluster, u"node worker 3"_s), &cluster.hosts[0]);
    QCOMPARE(hostOfLane(cluster, u"node #2 worker 1"_s), &cluster.hosts[1]);
    QVERIFY(!hostOfLane(cluster, u"nodes worker 1"_s));
    QVERIFY(!hostOfLane(cluster, u"process 1"_s));
}

QTEST_GUILESS_MAIN(tst_ClusterText)
#include "tst_clustertext.moc"
