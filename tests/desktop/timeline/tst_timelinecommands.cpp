// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinecommands.h"

#include <QKeyEvent>
#include <QTest>

using namespace Fanfare;

class tst_TimelineCommands final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesMovementKeysByTheirPlace();
    void takesLettersWithoutScanCodes();
    void leavesShortcutsOfOthersAlone();
    void movesFasterTheLongerAKeyIsHeld();
    void stopsWhenTheKeyIsReleased();
};

static TimelineCommand command(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier,
                               quint32 scanCode = 0)
{
    return commandFor(QKeyEvent(QEvent::KeyPress, key, modifiers, scanCode, 0, 0));
}

void tst_TimelineCommands::takesMovementKeysByTheirPlace()
{
    QCOMPARE(command(Qt::Key_Z, Qt::NoModifier, 25), TimelineCommand::ZoomIn); // AZERTY
    QCOMPARE(command(Qt::Key_Q, Qt::NoModifier, 38), TimelineCommand::PanEarlier);
    QCOMPARE(command(Qt::Key_S, Qt::NoModifier, 39), TimelineCommand::ZoomOut);
    QCOMPARE(command(Qt::Key_D, Qt::ShiftModifier, 40), TimelineCommand::PageLater);
}

void tst_TimelineCommands::takesLettersWithoutScanCodes()
{
    QCOMPARE(command(Qt::Key_W), TimelineCommand::ZoomIn);
    QCOMPARE(command(Qt::Key_A), TimelineCommand::PanEarlier);
    QCOMPARE(command(Qt::Key_N, Qt::ShiftModifier), TimelineCommand::PreviousFailure);
    QCOMPARE(command(Qt::Key_Plus, Qt::ShiftModifier), TimelineCommand::ZoomIn);
    QCOMPARE(command(Qt::Key_Minus, Qt::KeypadModifier), TimelineCommand::ZoomOut);
    QCOMPARE(command(Qt::Key_0), TimelineCommand::FitAll);
}

void tst_TimelineCommands::leavesShortcutsOfOthersAlone()
{
    QCOMPARE(command(Qt::Key_W, Qt::ControlModifier), TimelineCommand::None);
    QCOMPARE(command(Qt::Key_F, Qt::AltModifier), TimelineCommand::None);
    QCOMPARE(command(Qt::Key_F5), TimelineCommand::None);
}

void tst_TimelineCommands::movesFasterTheLongerAKeyIsHeld()
{
    HeldMotion motion;
    motion.press(TimelineCommand::ZoomIn);

    const double first = motion.advance(0.1).zoom;
    const double second = motion.advance(0.1).zoom;
    motion.advance(10);
    const double last = motion.advance(1).zoom;

    QVERIFY(first > 1);
    QVERIFY(second > first);
    QCOMPARE(last, 8.0);
}

void tst_TimelineCommands::stopsWhenTheKeyIsReleased()
{
    HeldMotion motion;
    motion.press(TimelineCommand::PanEarlier);
    motion.press(TimelineCommand::ZoomOut);
    QVERIFY(motion.advance(0.1).pan < 0);

    motion.release(TimelineCommand::PanEarlier);
    const bool stillZooms = motion.isActive();
    motion.release(TimelineCommand::ZoomOut);

    QVERIFY(stillZooms);
    QVERIFY(!motion.isActive());
}

QTEST_GUILESS_MAIN(tst_TimelineCommands)
#include "tst_timelinecommands.moc"
