// SPDX-License-Identifier: MIT
#include <fanfare/cluster/appbook.h>

#include <QTest>

using namespace Fanfare;
using namespace std::chrono_literals;

static constexpr ClusterSession app{7};
static constexpr qint64 second = 1'000'000'000;

class tst_AppBook final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesUpWhoIsSilent();
    void keepsWhoIsHeard();
    void countsFromTheFirstQuestion();
    void takesBackWhoReturns();
    void knowsNothingAfterAPauseOfItsOwn();
    void forgivesWhenItWasCutOff();
    void givesUpWhoseQueueIsGone();
    void waitsForWhoComesBack();
};

/// Looks twice a second, as agents do: true when \a app is gone at \a to, in seconds.
static bool isGoneAt(AppBook &book, qint64 from, qint64 to)
{
    for (qint64 now = from * second; now <= to * second; now += second / 2)
        (void)book.takeGone(now);
    return book.isGone(app);
}

void tst_AppBook::givesUpWhoIsSilent()
{
    AppBook book(3s, 30s);
    book.noteSign(app, second);

    const bool wasGone = isGoneAt(book, 1, 30);
    const std::vector<ClusterSession> gone = book.takeGone(31 * second);
    const std::vector<ClusterSession> more = book.takeGone(32 * second);

    QVERIFY(!wasGone);
    QCOMPARE(gone, std::vector{app});
    QVERIFY(more.empty()); // told once
    QVERIFY(book.isGone(app));
    QVERIFY(!book.isGone(ClusterSession(8)));
}

void tst_AppBook::keepsWhoIsHeard()
{
    AppBook book(3s, 30s);

    book.noteSign(app, second);
    (void)isGoneAt(book, 1, 29);
    book.noteSign(app, 29 * second);

    QVERIFY(!isGoneAt(book, 29, 58));
    QVERIFY(isGoneAt(book, 58, 59));
}

/// It may be gone for long, or not have found this agent yet.
void tst_AppBook::countsFromTheFirstQuestion()
{
    AppBook book(3s, 30s);

    book.noteQuestion(app, 10 * second);
    book.noteQuestion(app, 35 * second); // asked again: that is no sign of it

    QVERIFY(!isGoneAt(book, 10, 39));
    QVERIFY(isGoneAt(book, 39, 40));
}

void tst_AppBook::takesBackWhoReturns()
{
    AppBook book(3s, 30s);
    book.noteSign(app, second);
    QVERIFY(isGoneAt(book, 1, 40));

    book.noteSign(app, 41 * second);

    QVERIFY(!book.isGone(app));
}

void tst_AppBook::knowsNothingAfterAPauseOfItsOwn()
{
    AppBook book(3s, 30s);
    book.noteSign(app, second);
    (void)book.takeGone(second);

    const std::vector<ClusterSession> gone = book.takeGone(100 * second); // it was stopped

    QVERIFY(gone.empty());
    QVERIFY(!isGoneAt(book, 100, 129));
    QVERIFY(isGoneAt(book, 129, 131));
}

void tst_AppBook::forgivesWhenItWasCutOff()
{
    AppBook book(3s, 30s);
    book.noteSign(app, second);
    QVERIFY(isGoneAt(book, 1, 40));

    book.forgive(40 * second);

    QVERIFY(!isGoneAt(book, 40, 69));
}

void tst_AppBook::givesUpWhoseQueueIsGone()
{
    AppBook book(3s, 30s);
    book.noteSign(app, second);

    book.noteMissing(app, 2 * second);
    book.noteMissing(app, 4 * second); // told each time that it is asked

    QVERIFY(!isGoneAt(book, 2, 4));
    QVERIFY(isGoneAt(book, 4, 5));
}

/// Its queue was deleted, and it made it again.
void tst_AppBook::waitsForWhoComesBack()
{
    AppBook book(3s, 30s);
    book.noteMissing(app, 2 * second);

    book.noteSign(app, 4 * second);

    QVERIFY(!isGoneAt(book, 2, 33));
}

QTEST_GUILESS_MAIN(tst_AppBook)
#include "tst_appbook.moc"
