// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinecommands.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace Fanfare {

/// The key that has this place on an American keyboard. Scan codes are those of X11 and Wayland;
/// where there are none (other platforms, synthetic events) the letter decides.
static int keyByPlace(const QKeyEvent &event)
{
    switch (event.nativeScanCode()) {
    case 25:
        return Qt::Key_W;
    case 38:
        return Qt::Key_A;
    case 39:
        return Qt::Key_S;
    case 40:
        return Qt::Key_D;
    default:
        return event.key();
    }
}

static TimelineCommand shiftedCommand(int key)
{
    switch (key) {
    case Qt::Key_A:
        return TimelineCommand::PageEarlier;
    case Qt::Key_D:
        return TimelineCommand::PageLater;
    case Qt::Key_N:
        return TimelineCommand::PreviousFailure;
    case Qt::Key_Plus: // Shift belongs to the character on many layouts
        return TimelineCommand::ZoomIn;
    case Qt::Key_Backtab:
    case Qt::Key_Tab:
        return TimelineCommand::PreviousLane;
    case Qt::Key_G:
        return TimelineCommand::FoldAllGroups;
    case Qt::Key_F:
        return TimelineCommand::FilterLane;
    case Qt::Key_X:
        return TimelineCommand::OnlyHandler;
    case Qt::Key_M:
        return TimelineCommand::AddRangeNote;
    case Qt::Key_Apostrophe:
        return TimelineCommand::GoToBookmark;
    case Qt::Key_Slash: // Shift belongs to the character on many layouts
        return TimelineCommand::Filter;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return TimelineCommand::SelectLane;
    default:
        return TimelineCommand::None;
    }
}

static TimelineCommand plainCommand(int key)
{
    switch (key) {
    case Qt::Key_W:
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return TimelineCommand::ZoomIn;
    case Qt::Key_S:
    case Qt::Key_Minus:
        return TimelineCommand::ZoomOut;
    case Qt::Key_A:
        return TimelineCommand::PanEarlier;
    case Qt::Key_D:
        return TimelineCommand::PanLater;
    case Qt::Key_PageUp:
        return TimelineCommand::PageUp;
    case Qt::Key_PageDown:
        return TimelineCommand::PageDown;
    case Qt::Key_Home:
    case Qt::Key_0:
        return TimelineCommand::FitAll;
    case Qt::Key_End:
        return TimelineCommand::Follow;
    case Qt::Key_F:
        return TimelineCommand::FitSelection;
    case Qt::Key_Space:
        return TimelineCommand::Freeze;
    case Qt::Key_Escape:
        return TimelineCommand::Clear;
    case Qt::Key_Right:
    case Qt::Key_Period:
        return TimelineCommand::NextSpan;
    case Qt::Key_Left:
    case Qt::Key_Comma:
        return TimelineCommand::PreviousSpan;
    case Qt::Key_Up:
        return TimelineCommand::RowUp;
    case Qt::Key_Down:
        return TimelineCommand::RowDown;
    case Qt::Key_Tab:
        return TimelineCommand::NextLane;
    case Qt::Key_N:
        return TimelineCommand::NextFailure;
    case Qt::Key_C:
        return TimelineCommand::MarkTask;
    case Qt::Key_R:
        return TimelineCommand::SelectArea;
    case Qt::Key_E:
        return TimelineCommand::CycleFlow;
    case Qt::Key_H:
        return TimelineCommand::CycleHeat;
    case Qt::Key_X:
        return TimelineCommand::ExcludeHandler;
    case Qt::Key_BracketRight:
        return TimelineCommand::NextInFlow;
    case Qt::Key_BracketLeft:
        return TimelineCommand::PreviousInFlow;
    case Qt::Key_B:
        return TimelineCommand::SetBookmark;
    case Qt::Key_Apostrophe:
        return TimelineCommand::GoToBookmark;
    case Qt::Key_T:
        return TimelineCommand::CycleTimes;
    case Qt::Key_M:
        return TimelineCommand::AddNote;
    case Qt::Key_Delete:
        return TimelineCommand::RemoveNote;
    case Qt::Key_P:
        return TimelineCommand::PinLane;
    case Qt::Key_G:
        return TimelineCommand::FoldGroup;
    case Qt::Key_I:
        return TimelineCommand::CollapseIdle;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return TimelineCommand::Details;
    case Qt::Key_Slash:
        return TimelineCommand::Filter;
    default:
        return TimelineCommand::None;
    }
}

static TimelineCommand altCommand(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return TimelineCommand::ViewBack;
    case Qt::Key_Right:
        return TimelineCommand::ViewForward;
    default:
        return TimelineCommand::None;
    }
}

static TimelineCommand controlCommand(int key)
{
    switch (key) {
    case Qt::Key_F:
        return TimelineCommand::Filter;
    case Qt::Key_0:
        return TimelineCommand::ClearFilter;
    case Qt::Key_C:
        return TimelineCommand::Copy;
    case Qt::Key_Z:
        return TimelineCommand::Undo;
    case Qt::Key_Y:
        return TimelineCommand::Redo;
    case Qt::Key_Right: // brackets need AltGr on many layouts
        return TimelineCommand::NextInFlow;
    case Qt::Key_Left:
        return TimelineCommand::PreviousInFlow;
    default:
        return TimelineCommand::None;
    }
}

TimelineCommand commandFor(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::ShiftModifier)
        return shiftedCommand(keyByPlace(event));
    if (modifiers == Qt::AltModifier)
        return altCommand(event.key());
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event.key() == Qt::Key_Z)
        return TimelineCommand::Redo;
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event.key() == Qt::Key_C)
        return TimelineCommand::CopyPicture;
    if (modifiers == Qt::ControlModifier)
        return controlCommand(event.key());
    return modifiers == Qt::NoModifier ? plainCommand(keyByPlace(event)) : TimelineCommand::None;
}

bool HeldMotion::isHeld(TimelineCommand command)
{
    return command >= TimelineCommand::ZoomIn && command <= TimelineCommand::PanLater;
}

static int zoomDirection(TimelineCommand command)
{
    return command == TimelineCommand::ZoomIn ? 1 : command == TimelineCommand::ZoomOut ? -1 : 0;
}

static int panDirection(TimelineCommand command)
{
    return command == TimelineCommand::PanLater  ? 1
        : command == TimelineCommand::PanEarlier ? -1
                                                 : 0;
}

void HeldMotion::press(TimelineCommand command)
{
    if (!isActive())
        m_held = 0;
    if (zoomDirection(command) != 0)
        m_zoom = zoomDirection(command);
    if (panDirection(command) != 0)
        m_pan = panDirection(command);
}

void HeldMotion::release(TimelineCommand command)
{
    if (m_zoom == zoomDirection(command))
        m_zoom = 0;
    if (m_pan == panDirection(command))
        m_pan = 0;
}

void HeldMotion::clear()
{
    *this = HeldMotion();
}

HeldMotion::Step HeldMotion::advance(double seconds)
{
    constexpr double slowest = 2; // zoom factor a second
    constexpr double fastest = 8;
    constexpr double panSpeed = 0.6; // view widths a second
    m_held += seconds;
    const double speed = std::min(fastest, slowest * (1 + m_held));
    return {std::pow(speed, m_zoom * seconds), m_pan * panSpeed * speed / slowest * seconds};
}

} // namespace Fanfare
