// SPDX-License-Identifier: MIT
// What an app knows about hosts: here, what their times are in its own.
#include <fanfare/cluster/hostbook.h>

#include <QTest>

using namespace Fanfare;
using namespace std::chrono_literals;

static constexpr ClusterSession agent{5};
static constexpr qint64 ahead = 1'000'000; // ns by which its clock is

class tst_HostBook final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderBeforeAPing();
    void keepsTheOrderWhenAPingMovesTheClock();
    void keepsTheLengthOfSpans();
    void givesHostsTimeToComeBackAfterALoss();

private:
    static HostBook book();
};

HostBook tst_HostBook::book()
{
    HostBook book(3s, 20s);
    HostPresence presence;
    presence.session = agent;
    book.note(presence, 0);
    return book;
}

/// A short task, and a long one after it, told in one message.
void tst_HostBook::keepsTheOrderBeforeAPing()
{
    HostBook hosts = book();
    hosts.noteNews(agent, ahead + 600, 1000);

    const auto first = hosts.toLocal(agent, ahead + 100, ahead + 110, 0, 1000);
    const auto second = hosts.toLocal(agent, ahead + 120, ahead + 600, 0, 1000);

    QCOMPARE(first.started, 500);
    QCOMPARE(second.started, 520);
    QCOMPARE(second.finished, 1000);
}

void tst_HostBook::keepsTheOrderWhenAPingMovesTheClock()
{
    HostBook hosts = book();
    hosts.noteNews(agent, ahead + 600, 2000);
    const auto before = hosts.toLocal(agent, ahead + 500, ahead + 600, 0, 2000);
    hosts.addPing({agent, 2000, ahead + 2100, ahead + 2100}, 2200); // there it is 1400 earlier

    const auto after = hosts.toLocal(agent, ahead + 700, ahead + 800, 0, 3000);

    QCOMPARE(before.started, 1900);
    QCOMPARE(after.started, 1900);
}

void tst_HostBook::keepsTheLengthOfSpans()
{
    HostBook hosts = book();

    const auto span = hosts.toLocal(agent, ahead + 100, ahead + 400, 0, 1000);

    QCOMPARE(span.finished - span.started, 300);
}

/// The broker was away: hosts come back some seconds after this program, and till then have no
/// queue.
void tst_HostBook::givesHostsTimeToComeBackAfterALoss()
{
    constexpr qint64 second = 1'000'000'000;
    HostBook hosts = book();

    hosts.forgive(10 * second);
    hosts.noteMissing(agent, 11 * second);
    const auto early = hosts.takeLost(17 * second);
    hosts.noteMissing(agent, 19 * second); // still
    const auto late = hosts.takeLost(21 * second);
    const auto lost = hosts.takeLost(23 * second);

    QVERIFY(early.empty());
    QVERIFY(late.empty());
    QCOMPARE(lost.size(), size_t(1));
}

QTEST_GUILESS_MAIN(tst_HostBook)
#include "tst_hostbook.moc"
