// SPDX-License-Identifier: MIT
#include <fanfare/trace/flightslot.h>

#include <QTest>

#include <atomic>
#include <thread>

using namespace Fanfare;

class tst_FlightSlot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatWasEntered();
    void saysNothingAfterLeaving();
    void neverMixesTwoTasks();
};

static OpenTask task(quint64 emission)
{
    OpenTask open;
    open.task = {EmissionId(emission), quint16(emission % 7)};
    open.subscriber = SubscriberId(emission % 1000);
    open.queued = qint64(emission);
    open.started = qint64(emission) + 1;
    return open;
}

void tst_FlightSlot::tellsWhatWasEntered()
{
    FlightSlot slot;

    slot.enter(task(42));
    const auto open = slot.read();

    QVERIFY(open.has_value());
    QCOMPARE(number(open->task.emission), 42U);
    QCOMPARE(open->started, 43);
}

void tst_FlightSlot::saysNothingAfterLeaving()
{
    FlightSlot slot;
    slot.enter(task(42));

    slot.leave();

    QVERIFY(!slot.read().has_value());
}

void tst_FlightSlot::neverMixesTwoTasks()
{
    FlightSlot slot;
    std::atomic<bool> isDone = false;
    std::thread writer([&] {
        for (quint64 i = 1; i <= 200'000; ++i) {
            slot.enter(task(i));
            slot.leave();
        }
        isDone = true;
    });

    quint64 mixed = 0;
    while (!isDone) {
        const auto open = slot.read();
        if (!open)
            continue;
        const OpenTask expected = task(number(open->task.emission));
        mixed += open->started != expected.started || open->task.index != expected.task.index
            || open->subscriber != expected.subscriber;
    }
    writer.join();

    QCOMPARE(mixed, 0U);
}

QTEST_GUILESS_MAIN(tst_FlightSlot)
#include "tst_flightslot.moc"
