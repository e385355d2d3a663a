// SPDX-License-Identifier: MIT
#include <fanfare/runs/callorder.h>

#include <QTest>

using namespace Fanfare;
using namespace Qt::StringLiterals;

class tst_CallOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheOtherOrder();
    void emissionsMatchByTheirDistanceFromTheFirst();
    void leavesOutWhatCalledOthers();
    void swappingSwaps();
};

static const HandlerKey x{u"p"_s, u"x"_s};
static const HandlerKey y{u"p"_s, u"y"_s};

/// A log of the handlers that emissions called, in this order; they are logged backwards, as tasks
/// end in any order.
static CallLog logOf(quint64 first, const std::vector<std::vector<HandlerKey>> &emissions)
{
    CallLog log{.handlers = {y, x}};
    qint64 now = 100;
    for (size_t i = 0; i < emissions.size(); ++i) {
        for (const HandlerKey &key : emissions[i])
            log.calls.insert(log.calls.begin(), {EmissionId(first + i), ++now, key == x ? 1U : 0U});
    }
    return log;
}

void tst_CallOrder::findsTheOtherOrder()
{
    const CallLog a = logOf(1, {{x, y}, {x, y}, {x, y}, {x}});
    const CallLog b = logOf(1, {{x, y}, {y, x}, {y, x}, {x}});

    const OrderComparison orders = compareOrders(a, b);

    QCOMPARE(orders.emissions, 3U);
    QCOMPARE(orders.others, 2U);
    QCOMPARE(orders.differences.size(), 1U);
    QCOMPARE(orders.differences[0].a, (std::vector{x, y}));
    QCOMPARE(orders.differences[0].b, (std::vector{y, x}));
    QCOMPARE(orders.differences[0].count, 2U);
    QCOMPARE(orders.differences[0].firstA, EmissionId(2));
}

void tst_CallOrder::emissionsMatchByTheirDistanceFromTheFirst()
{
    const CallLog a = logOf(1, {{x, y}, {x, y}});
    CallLog b = logOf(40, {{x, y}, {x}, {y, x}});
    b.calls.erase(b.calls.begin() + 2); // emission 41 called nothing that was recorded

    const OrderComparison orders = compareOrders(logOf(1, {{x, y}, {x}, {x, y}}), b);

    QCOMPARE(orders.others, 1U);
    QCOMPARE(orders.differences[0].firstA, EmissionId(3));
    QCOMPARE(orders.differences[0].firstB, EmissionId(42));
    QCOMPARE(compareOrders(a, b).others, 0U);
}

void tst_CallOrder::leavesOutWhatCalledOthers()
{
    const OrderComparison orders =
        compareOrders(logOf(1, {{x, y}, {x, x}}), logOf(1, {{y}, {x, y}}));

    QCOMPARE(orders.emissions, 0U);
    QVERIFY(orders.differences.empty());
    QCOMPARE(compareOrders({}, logOf(1, {{x, y}})).emissions, 0U);
}

void tst_CallOrder::swappingSwaps()
{
    const CallLog a = logOf(1, {{x, y}, {y, x}, {x, y, x}});
    const CallLog b = logOf(1, {{y, x}, {x, y}, {x, x, y}});

    const OrderComparison there = compareOrders(a, b);
    const OrderComparison back = compareOrders(b, a);

    QCOMPARE(there.others, 3U);
    QCOMPARE(back.others, there.others);
    QCOMPARE(back.differences.size(), there.differences.size());
    for (size_t i = 0; i < there.differences.size(); ++i) {
        QCOMPARE(back.differences[i].a, there.differences[i].b);
        QCOMPARE(back.differences[i].firstB, there.differences[i].firstA);
    }
}

QTEST_GUILESS_MAIN(tst_CallOrder)
#include "tst_callorder.moc"
