// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelineactions.h"

#include <QAction>
#include <QKeyEvent>
#include <QTest>
#include <QWidget>

using namespace Fanfare;

class tst_TimelineCommands final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesMovementKeysByTheirPlace();
    void takesLettersWithoutScanCodes();
    void leavesShortcutsOfOthersAlone();
    void hasAKeyForEveryAction();
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

/// The sheet and the menu tell the keys that work.
void tst_TimelineCommands::hasAKeyForEveryAction()
{
    QWidget widget;
    std::vector<TimelineCommand> asked;
    const TimelineActions actions(widget, [&](TimelineCommand told) { asked.push_back(told); });

    QVERIFY(widget.actions().size() > 40);
    QStringList keys;
    for (QAction *action : widget.actions()) {
        QVERIFY(!action->text().isEmpty());
        asked.clear();
        action->trigger();
        QCOMPARE(asked.size(), 1U);
        QCOMPARE(actions[asked[0]], action);
        if (action->shortcut().isEmpty())
            continue;
        const QKeyCombination combination = action->shortcut()[0];
        QVERIFY2(!keys.contains(action->shortcut().toString()),
                 qPrintable(action->shortcut().toString()));
        keys.append(action->shortcut().toString());
        QCOMPARE(command(combination.key(), combination.keyboardModifiers()), asked[0]);
    }
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

QTEST_MAIN(tst_TimelineCommands)
#include "tst_timelinecommands.moc"
