// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinekeys.h"

#include <QKeyEvent>

namespace Fanfare {

static TimelineKeys &sharedKeys()
{
    static TimelineKeys keys;
    return keys;
}

const TimelineKeys &timelineKeys()
{
    return sharedKeys();
}

void setTimelineKeys(const TimelineKeys &keys)
{
    sharedKeys() = keys;
}

void TimelineKeys::choose(TimelineCommand command, const QKeySequence &keys)
{
    m_chosen[command] = keys.isEmpty() ? QKeySequence() : QKeySequence(keys[0]);
}

void TimelineKeys::reset(TimelineCommand command)
{
    m_chosen.erase(command);
}

QKeySequence TimelineKeys::keysOf(TimelineCommand command, const QKeySequence &original) const
{
    const auto chosen = m_chosen.find(command);
    return chosen == m_chosen.end() ? original : chosen->second;
}

/// Whether Shift belongs to the character, so that it is not told in a sequence of keys.
static bool isSymbol(int key)
{
    return key > Qt::Key_Space && key <= Qt::Key_AsciiTilde
        && !(key >= Qt::Key_A && key <= Qt::Key_Z);
}

static bool isPressed(const QKeySequence &keys, const QKeyEvent &event)
{
    if (keys.isEmpty())
        return false;
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const auto key = Qt::Key(event.key());
    return keys[0] == QKeyCombination(modifiers, key)
        || (isSymbol(key) && keys[0] == QKeyCombination(modifiers & ~Qt::ShiftModifier, key));
}

TimelineCommand TimelineKeys::commandFor(const QKeyEvent &event) const
{
    for (const auto &[command, keys] : m_chosen) {
        if (isPressed(keys, event))
            return command;
    }
    const TimelineCommand original = Fanfare::commandFor(event);
    return isChosen(original) ? TimelineCommand::None : original;
}

TimelineCommand TimelineKeys::commandFor(const QKeySequence &keys) const
{
    if (keys.count() != 1)
        return TimelineCommand::None;
    const QKeyCombination key = keys[0];
    return commandFor(QKeyEvent(QEvent::KeyPress, key.key(), key.keyboardModifiers()));
}

} // namespace Fanfare
