// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinescene.h"

namespace Fanfare {

/// What the mouse does in the minimap: drags the part in view or one of its edges, draws a new one,
/// or clicks to go there.
///
/// Threads: [gui].
class MinimapDrag
{
public:
    enum class Grip : quint8 { None, View, From, To, New };

    explicit MinimapDrag(TimelineScene &scene)
        : m_scene(scene)
    {
    }

    // An x counts pixels from the left edge of the minimap.
    Grip gripAt(double x); ///< what a press there takes
    void press(double x);
    void move(double x);
    void release(double x);

private:
    qint64 timeAt(double x);
    void show(double from, double to);

    TimelineScene &m_scene;
    Grip m_grip = Grip::None;
    bool m_isMoved = false;
    double m_pressed = 0;
    double m_left = 0; ///< of the view at the press
    double m_right = 0;
};

} // namespace Fanfare
