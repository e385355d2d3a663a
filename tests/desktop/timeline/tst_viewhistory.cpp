// SPDX-License-Identifier: MIT
#include "desktop/timeline/viewhistory.h"

#include <QTest>

using namespace Fanfare;

class tst_ViewHistory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesBackAndForward();
    void takesCloseMovesAsOne();
    void forgetsForwardAfterAMove();
};

static constexpr qint64 second = 1'000'000'000;

static ViewHistory::View view(qint64 begin)
{
    return {begin, 100, false};
}

static qint64 beginOf(const std::optional<ViewHistory::View> &found)
{
    return found ? found->begin : -1;
}

void tst_ViewHistory::goesBackAndForward()
{
    ViewHistory history;
    history.leave(view(1), ViewHistory::Move::Jump, 0);
    history.leave(view(2), ViewHistory::Move::Jump, second);

    QCOMPARE(beginOf(history.back(view(3))), 2);
    QCOMPARE(beginOf(history.back(view(2))), 1);
    QCOMPARE(beginOf(history.back(view(1))), -1);
    QCOMPARE(beginOf(history.forward(view(1))), 2);
    QCOMPARE(beginOf(history.forward(view(2))), 3);
    QCOMPARE(beginOf(history.forward(view(3))), -1);
}

void tst_ViewHistory::takesCloseMovesAsOne()
{
    ViewHistory history;
    for (int i = 0; i < 10; ++i)
        history.leave(view(i), ViewHistory::Move::Glide, i * second / 10);
    history.leave(view(10), ViewHistory::Move::Glide, 3 * second);

    QCOMPARE(beginOf(history.back(view(11))), 10);
    QCOMPARE(beginOf(history.back(view(10))), 0);
    QCOMPARE(beginOf(history.back(view(0))), -1);
}

void tst_ViewHistory::forgetsForwardAfterAMove()
{
    ViewHistory history;
    history.leave(view(1), ViewHistory::Move::Jump, 0);
    history.back(view(2));

    history.leave(view(1), ViewHistory::Move::Jump, second);

    QCOMPARE(beginOf(history.forward(view(5))), -1);
    QCOMPARE(beginOf(history.back(view(5))), 1);
}

QTEST_GUILESS_MAIN(tst_ViewHistory)
#include "tst_viewhistory.moc"
