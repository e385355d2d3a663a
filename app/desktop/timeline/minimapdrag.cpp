// SPDX-License-Identifier: MIT
#include "desktop/timeline/minimapdrag.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

qint64 MinimapDrag::timeAt(double x)
{
    const TimelineFrame &frame = m_scene.frame();
    return frame.minimap.axis.timeAt(std::clamp<double>(x, 0, frame.areas.minimap.width()));
}

MinimapDrag::Grip MinimapDrag::gripAt(double x)
{
    constexpr double reach = 5; // pixels
    const TimelineFrame &frame = m_scene.frame();
    const Minimap &map = frame.minimap;
    const double toFrom = std::abs(map.left - x);
    const double toTo = std::abs(map.right - x);
    const bool isNarrow = map.right - map.left < 2 * reach;
    if (isNarrow && x > map.left - reach && x < map.right + reach)
        return Grip::View; // its edges would leave no place to take it
    if (std::min(toFrom, toTo) <= reach)
        return toFrom < toTo ? Grip::From : Grip::To;
    const bool showsAll = map.left <= 0 && map.right >= frame.areas.minimap.width();
    return x > map.left && x < map.right && !showsAll ? Grip::View : Grip::New;
}

void MinimapDrag::press(double x)
{
    m_grip = m_scene.tracks().isEmpty() ? Grip::None : gripAt(x);
    m_isMoved = false;
    m_pressed = x;
    m_left = m_scene.frame().minimap.left;
    m_right = m_scene.frame().minimap.right;
}

void MinimapDrag::show(double from, double to)
{
    const TimeAxis axis = m_scene.frame().minimap.axis;
    m_scene.glideTo(axis.timeAt(std::min(from, to)), axis.timeAt(std::max(from, to)));
}

void MinimapDrag::move(double x)
{
    constexpr double slack = 3; // pixels that a click may move
    if (!m_isMoved && std::abs(x - m_pressed) <= slack)
        return;
    m_isMoved = true;
    const double width = m_scene.frame().areas.minimap.width();
    const double inside = std::clamp(x, 0.0, width);
    switch (m_grip) {
    case Grip::View: {
        const double most = std::max(0.0, width - (m_right - m_left));
        const double left = std::clamp(m_left + x - m_pressed, std::min(0.0, m_left), most);
        show(left, left + m_right - m_left);
        break;
    }
    case Grip::From:
        show(inside, m_right);
        break;
    case Grip::To:
        show(m_left, inside);
        break;
    case Grip::New:
        show(m_pressed, inside);
        break;
    case Grip::None:
        break;
    }
}

void MinimapDrag::release(double x)
{
    const Grip grip = std::exchange(m_grip, Grip::None);
    if (grip != Grip::New || m_isMoved)
        return;
    const double half = (m_right - m_left) / 2; // a click: go there
    show(x - half, x + half);
}

} // namespace Fanfare
