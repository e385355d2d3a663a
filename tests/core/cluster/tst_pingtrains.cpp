// SPDX-License-Identifier: MIT
#include <fanfare/cluster/clusterexecutor.h>
#include <fanfare/cluster/pingtrains.h>
#include <support/loopbacktransport.h>

#include <QTest>

#include <algorithm>
#include <map>

using namespace Fanfare;
using namespace Fanfare::Test;

static std::vector<ClusterSession> agents(quint64 count)
{
    std::vector<ClusterSession> agents;
    for (quint64 i = count; i > 0; --i)
        agents.push_back(ClusterSession(i));
    return agents;
}

/// How many more pings \a agent gets when it answers each of them.
static int answeredBy(PingTrains &trains, ClusterSession agent)
{
    int count = 0;
    while (trains.goesOn(agent))
        ++count;
    return count;
}

class tst_PingTrains final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsEightPingsToANewHost();
    void sendsTrainsToFewHostsEachSecond();
    void givesEachOfManyHostsItsTurn();
    void asksNobodyWhoIsUnknown();
    void sendsAPingWhenTheLastOneIsAnswered();
};

void tst_PingTrains::sendsEightPingsToANewHost()
{
    PingTrains trains;

    trains.begin(ClusterSession(7));

    QCOMPARE(answeredBy(trains, ClusterSession(7)), 7); // after the one that it gets now
    QVERIFY(!trains.goesOn(ClusterSession(7)));
}

void tst_PingTrains::sendsTrainsToFewHostsEachSecond()
{
    PingTrains trains;

    for (int second = 0; second < 3; ++second) {
        trains.beginSome(agents(8));
        for (const ClusterSession agent : agents(8))
            QCOMPARE(answeredBy(trains, agent), 7);
    }
}

void tst_PingTrains::givesEachOfManyHostsItsTurn()
{
    PingTrains trains;
    std::map<quint64, int> pings;

    for (int second = 0; second < 20; ++second) {
        auto all = agents(20);
        std::ranges::rotate(all, all.begin() + second); // in any order
        trains.beginSome(all);
        int more = 0;
        for (const ClusterSession agent : all) {
            const int count = answeredBy(trains, agent);
            pings[number(agent)] += count;
            more += count;
        }
        QCOMPARE(more, 8 * 7);
    }

    for (const auto &[agent, count] : pings)
        QCOMPARE(count, 8 * 7);
}

void tst_PingTrains::asksNobodyWhoIsUnknown()
{
    PingTrains trains;
    trains.begin(ClusterSession(7));

    trains.forget(ClusterSession(7));

    QVERIFY(!trains.goesOn(ClusterSession(7)));
    QVERIFY(!trains.goesOn(ClusterSession(8)));
}

void tst_PingTrains::sendsAPingWhenTheLastOneIsAnswered()
{
    constexpr ClusterSession agent{7};
    int pings = 0; // counted on the thread of the transport
    auto made = std::make_unique<LoopbackTransport>();
    LoopbackTransport *const world = made.get();
    const ClusterExecutor executor({}, std::move(made));
    const auto onItsThread = [&](const std::function<void()> &script) {
        QMetaObject::invokeMethod(world, script, Qt::BlockingQueuedConnection);
    };
    onItsThread([&] {
        world->onOrder = [&](ClusterSession, const ControlOrder &order) {
            pings += order.kind == ControlKind::Ping ? 1 : 0;
        };
        HostPresence host;
        host.session = agent;
        host.host = QStringLiteral("a");
        world->present(host);
    });

    for (int i = 0; i < 7; ++i)
        onItsThread([&] {
            Q_EMIT world->messageArrived(ClusterTransport::Message::Clock,
                                         encode(ClockAnswer{agent, 0, 0, 0}));
        });

    int sent = 0; // asked for after all that was posted before
    onItsThread([&] { sent = pings; });
    QVERIFY2(sent >= 8, qPrintable(QString::number(sent)));
}

QTEST_GUILESS_MAIN(tst_PingTrains)
#include "tst_pingtrains.moc"
