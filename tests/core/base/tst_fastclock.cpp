// SPDX-License-Identifier: MIT
#include <fanfare/base/fastclock.h>

#include <QTest>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

using namespace Fanfare;

class tst_FastClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neverRunsBackwards();
    void agreesWithTheMonotonicClock();
};

/// Long enough for the speed to be measured and for many synchronizations.
static constexpr qint64 runTime = 60'000'000; // ns

void tst_FastClock::neverRunsBackwards()
{
    std::atomic<int> steps = 0;
    const auto run = [&] {
        qint64 last = FastClock::now();
        const qint64 end = last + runTime;
        while (last < end) {
            const qint64 now = FastClock::now();
            steps += now < last;
            last = now;
        }
    };

    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i)
        threads.emplace_back(run);
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(steps.load(), 0);
}

void tst_FastClock::agreesWithTheMonotonicClock()
{
    std::vector<qint64> differences;
    const qint64 end = MonotonicClock::now() + runTime;
    for (qint64 now = 0; now < end;) {
        const qint64 before = MonotonicClock::now();
        const qint64 fast = FastClock::now();
        now = MonotonicClock::now();
        // A reading in between lies in between; how far outside is the error.
        differences.push_back(std::max({qint64(0), before - fast, fast - now}));
    }

    std::ranges::sort(differences);
    QVERIFY(differences.size() > 100);
    QVERIFY2(differences[differences.size() / 2] <= 1'000,
             qPrintable(QString::number(differences[differences.size() / 2])));
}

QTEST_GUILESS_MAIN(tst_FastClock)
#include "tst_fastclock.moc"
