// SPDX-License-Identifier: MIT
#include <fanfare/plugins/settling.h>

#include <QTest>

using namespace Fanfare;

class tst_Settling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settlesAfterTwoEqualLooks();
    void doesNotWaitForAnOldFile();
    void waitsAsLongAsSomebodyWrites();
    void callsItUnstableAfterTenSeconds();
    void settlesAnUnstableFileAfterAll();
    void doesNotBelieveADateInTheFuture();
};

static constexpr qint64 second = 1'000'000'000;
static constexpr qint64 lookPause = second * 150 / 1000;
static constexpr qint64 today = 1'700'000'000 * second;

/// A file of \a size that was changed \a age ago.
static FileStamp file(qint64 size, qint64 age = 0)
{
    return {1, 2, size, today - age, today - age};
}

using Verdict = Settling::Verdict;

void tst_Settling::settlesAfterTwoEqualLooks()
{
    Settling settling;

    QCOMPARE(settling.look(file(10), 0, today), Verdict::Waiting);
    QCOMPARE(settling.look(file(10), lookPause - 1, today), Verdict::Waiting);
    QCOMPARE(settling.look(file(10), lookPause, today), Verdict::Settled);
}

void tst_Settling::doesNotWaitForAnOldFile()
{
    Settling settling;
    Settling young;

    QCOMPARE(settling.look(file(10, 3 * second), 0, today), Verdict::Settled);
    QCOMPARE(young.look(file(10, 3 * second - 1), 0, today), Verdict::Waiting);
}

void tst_Settling::waitsAsLongAsSomebodyWrites()
{
    Settling settling;

    for (int i = 0; i < 50; ++i)
        QCOMPARE(settling.look(file(i), i * lookPause, today), Verdict::Waiting);
    QCOMPARE(settling.look(file(49), 50 * lookPause, today), Verdict::Settled);
}

void tst_Settling::callsItUnstableAfterTenSeconds()
{
    Settling settling;

    QCOMPARE(settling.look(file(1), 0, today), Verdict::Waiting);
    QCOMPARE(settling.look(file(2), 10 * second - 1, today), Verdict::Waiting);
    QCOMPARE(settling.look(file(3), 10 * second, today), Verdict::Unstable);
}

void tst_Settling::settlesAnUnstableFileAfterAll()
{
    Settling settling;
    settling.look(file(1), 0, today);
    settling.look(file(2), 10 * second, today);

    QCOMPARE(settling.look(file(2), 12 * second, today), Verdict::Settled);
}

void tst_Settling::doesNotBelieveADateInTheFuture()
{
    Settling settling;

    QCOMPARE(settling.look(file(1, -3600 * second), 0, today), Verdict::Waiting);
    QCOMPARE(settling.look(file(1, -3600 * second), lookPause, today), Verdict::Settled);
}

QTEST_APPLESS_MAIN(tst_Settling)
#include "tst_settling.moc"
