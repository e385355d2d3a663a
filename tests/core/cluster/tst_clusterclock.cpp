// SPDX-License-Identifier: MIT
#include <fanfare/cluster/clusterclock.h>

#include <QTest>

#include <cmath>
#include <random>

using namespace Fanfare;

static constexpr qint64 millisecond = 1'000'000;
static constexpr qint64 second = 1'000'000'000;

/// What is between us and the other host, and how its clock runs. Times in nanoseconds.
struct Surroundings
{
    qint64 there = 0; ///< delay of the question
    qint64 back = 0;  ///< delay of the answer
    qint64 jitter = 0;
    double drift = 0;     ///< share of time
    double wandering = 0; ///< by which the drift swings, in ten minutes
};
Q_DECLARE_METATYPE(Surroundings)

/// Our clock, theirs, and pings between them.
class World
{
public:
    World(const Surroundings &surroundings, quint64 seed)
        : m_surroundings(surroundings)
        , m_random(seed)
        , m_offset(std::uniform_int_distribution<qint64>(-(1LL << 50), 1LL << 50)(m_random))
    {
    }

    qint64 now = 1000 * second; ///< here

    qint64 remoteOf(qint64 local) const
    {
        const double elapsed = double(local - 1000 * second);
        constexpr double swing = 2 * 3.14159265358979 / (600.0 * second);
        return local + m_offset
            + qint64(m_surroundings.drift * elapsed
                     + m_surroundings.wandering / swing * (1 - std::cos(swing * elapsed)));
    }

    ClockSample ping()
    {
        ClockSample sample;
        sample.sent = now;
        now += m_surroundings.there + jitter();
        sample.received = remoteOf(now);
        now += 20'000;
        sample.answered = remoteOf(now);
        now += m_surroundings.back + jitter();
        sample.arrived = now;
        return sample;
    }

    void jump(qint64 by) { m_offset += by; }

private:
    qint64 jitter()
    {
        return std::uniform_int_distribution<qint64>(0, m_surroundings.jitter)(m_random);
    }

    Surroundings m_surroundings;
    std::mt19937_64 m_random;
    qint64 m_offset;
};

/// How far what happened here at \a local is from where it is drawn.
static qint64 errorOf(const ClusterClock &clock, const World &world, qint64 local)
{
    const qint64 remote = world.remoteOf(local);
    return std::abs(clock.lineAt(remote).toLocal(remote) - local);
}

static qint64 shownError(const ClusterClock &clock, const World &world, qint64 local)
{
    const qint64 remote = world.remoteOf(local);
    return clock.lineAt(remote).errorAt(remote);
}

/// Eight pings 30 ms apart.
static void join(ClusterClock &clock, World &world)
{
    for (int i = 0; i < 8; ++i) {
        clock.add(world.ping());
        world.now += 30 * millisecond;
    }
}

class tst_ClusterClock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverErrsMoreThanItShows_data();
    void neverErrsMoreThanItShows();
    void isExactToThreeTenthsOfAMillisecondOnLoopback();
    void learnsTheDrift();
    void prefersQuickPings();
    void joinsQuickWaysOfTwoPings();
    void keepsItsLinesWhenPingsComeInTrains();
    void leavesOutImpossibleSamples();
    void neverMovesWhatIsDrawn();
    void beginsAnewWhenTheOtherClockJumps();
    void growsItsErrorWhereFactsContradict();
};

void tst_ClusterClock::neverErrsMoreThanItShows_data()
{
    QTest::addColumn<Surroundings>("surroundings");
    QTest::newRow("loopback") << Surroundings{300'000, 350'000, 100'000, 0, 0};
    QTest::newRow("drift") << Surroundings{300'000, 350'000, 100'000, 80e-6, 0};
    QTest::newRow("backward drift") << Surroundings{300'000, 350'000, 100'000, -150e-6, 2e-6};
    QTest::newRow("delay") << Surroundings{2 * millisecond, 2 * millisecond, 0, 80e-6, 0};
    QTest::newRow("jitter") << Surroundings{2 * millisecond, 2 * millisecond, 3 * millisecond,
                                            50e-6, 3e-6};
    QTest::newRow("asymmetry") << Surroundings{6 * millisecond, millisecond, 0, 80e-6, 0};
    QTest::newRow("all to one side") << Surroundings{40 * millisecond, 0, millisecond, -20e-6, 0};
    QTest::newRow("exact pings, drift that wanders")
        << Surroundings{2'000, 2'000, 0, 40e-6, 4.5e-6};
    QTest::newRow("nothing but jitter") << Surroundings{0, 0, 10 * millisecond, 0, 0};
    QTest::newRow("far away") << Surroundings{120 * millisecond, 90 * millisecond, 60 * millisecond,
                                              10e-6, 3e-6};
}

void tst_ClusterClock::neverErrsMoreThanItShows()
{
    QFETCH(Surroundings, surroundings);
    for (quint64 seed = 1; seed <= 50; ++seed) {
        World world(surroundings, seed);
        ClusterClock clock;
        join(clock, world);
        std::vector<qint64> bars;
        for (int ping = 0; ping < 200; ++ping) {
            clock.add(world.ping());
            for (int bar = 0; bar < 10; ++bar) {
                world.now += second / 2;
                bars.push_back(world.now);
                QVERIFY(errorOf(clock, world, world.now) <= shownError(clock, world, world.now));
            }
        }
        for (const qint64 bar : bars) // and drawn again at the end, from the lines of then
            QVERIFY(errorOf(clock, world, bar) <= shownError(clock, world, bar));
    }
}

void tst_ClusterClock::isExactToThreeTenthsOfAMillisecondOnLoopback()
{
    for (quint64 seed = 1; seed <= 50; ++seed) {
        World world({250'000, 300'000, 700'000, 0, 0}, seed); // a loaded machine
        ClusterClock clock;

        join(clock, world);

        QVERIFY(errorOf(clock, world, world.now) <= 300'000);
        QVERIFY(shownError(clock, world, world.now) <= 700'000);
    }
}

void tst_ClusterClock::learnsTheDrift()
{
    World world({300'000, 300'000, 100'000, 80e-6, 0}, 7);
    ClusterClock clock;
    join(clock, world);
    QVERIFY(!clock.driftPpb());

    for (int ping = 0; ping < 13; ++ping) {
        world.now += 5 * second;
        clock.add(world.ping());
    }

    QVERIFY(clock.driftPpb());
    QVERIFY2(std::abs(*clock.driftPpb() - 80'000) < 15'000,
             qPrintable(QString::number(*clock.driftPpb())));
    QVERIFY(shownError(clock, world, world.now + 5 * second) < millisecond);
}

void tst_ClusterClock::prefersQuickPings()
{
    World world({millisecond, millisecond, 0, 0, 0}, 3);
    ClusterClock clock;
    clock.add(world.ping());
    ClockSample late = world.ping();
    late.arrived += 50 * millisecond; // as one that waited behind others

    clock.add(late);

    QVERIFY(shownError(clock, world, world.now) < 2 * millisecond);
}

/// On a machine with much to do it is rare that both ways of one ping are quick.
void tst_ClusterClock::joinsQuickWaysOfTwoPings()
{
    constexpr qint64 ahead = 5 * second;
    constexpr qint64 quick = 100'000;
    constexpr qint64 slow = 20 * millisecond;
    constexpr qint64 later = ahead + 2 * slow;
    ClusterClock clock;

    clock.add({0, ahead + quick, ahead + quick, slow});
    clock.add({slow, later, later, later - ahead + quick});

    const ClockLine &line = clock.lineAt(later);
    QVERIFY(line.errorAt(later) < quick + quick / 10);
    QVERIFY(std::abs(line.offset - ahead) <= line.error);
}

void tst_ClusterClock::keepsItsLinesWhenPingsComeInTrains()
{
    World world({100'000, 150'000, 50'000, 40e-6, 0}, 13);
    ClusterClock clock;
    join(clock, world);
    const qint64 remote = world.remoteOf(world.now);
    const qint64 drawn = clock.lineAt(remote).toLocal(remote);

    for (int train = 0; train < 300; ++train) {
        for (int ping = 0; ping < 8; ++ping)
            clock.add(world.ping());
        world.now += second;
    }

    QCOMPARE(clock.lineAt(remote).toLocal(remote), drawn);
    QVERIFY(shownError(clock, world, world.now) < 300'000);
}

void tst_ClusterClock::leavesOutImpossibleSamples()
{
    ClusterClock clock;
    clock.add({100, 5, 6, 50});    // arrived before it was sent
    clock.add({100, 6, 5, 200});   // answered before it was received
    clock.add({100, 5, 500, 200}); // longer there than it was away

    QVERIFY(!clock.isKnown());
}

void tst_ClusterClock::neverMovesWhatIsDrawn()
{
    World world({millisecond, 3 * millisecond, 2 * millisecond, 60e-6, 0}, 5);
    ClusterClock clock;
    join(clock, world);
    const qint64 remote = world.remoteOf(world.now);
    const qint64 drawn = clock.lineAt(remote).toLocal(remote);

    for (int ping = 0; ping < 100; ++ping) {
        world.now += 5 * second;
        clock.add(world.ping());
    }

    QCOMPARE(clock.lineAt(remote).toLocal(remote), drawn);
}

void tst_ClusterClock::beginsAnewWhenTheOtherClockJumps()
{
    World world({millisecond, millisecond, 0, 0, 0}, 9);
    ClusterClock clock;
    join(clock, world);
    world.jump(-2 * second); // suspended for that long: its steady clock stood still
    world.now += 3 * second;
    ClockSample afterwards = world.ping();
    afterwards.arrived += 3 * millisecond; // slower than what came before

    clock.add(afterwards);
    world.now += second;

    QVERIFY(errorOf(clock, world, world.now) <= shownError(clock, world, world.now));
    QVERIFY(shownError(clock, world, world.now) < 5 * millisecond);
}

void tst_ClusterClock::growsItsErrorWhereFactsContradict()
{
    World world({millisecond, millisecond, 0, 0, 0}, 11);
    ClusterClock clock;
    join(clock, world);
    const qint64 remote = world.remoteOf(world.now);
    const qint64 shown = clock.lineAt(remote).errorAt(remote);
    const qint64 drawn = clock.lineAt(remote).toLocal(remote);

    clock.constrain(remote, drawn - shown / 2, drawn + shown);
    QCOMPARE(clock.lineAt(remote).errorAt(remote), shown);
    clock.constrain(remote, drawn + 5 * millisecond, drawn + second);

    QCOMPARE(clock.lineAt(remote).errorAt(remote), 5 * millisecond);
    QCOMPARE(clock.lineAt(remote).toLocal(remote), drawn);
}

QTEST_GUILESS_MAIN(tst_ClusterClock)
#include "tst_clusterclock.moc"
