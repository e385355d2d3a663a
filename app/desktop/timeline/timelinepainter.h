// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/lossbars.h"
#include "desktop/timeline/spanlabels.h"
#include "desktop/timeline/stripimage.h"
#include "desktop/timeline/timelinechrome.h"
#include "desktop/timeline/timelineoverlay.h"
#include "desktop/timeline/timelinescene.h"

namespace Fanfare {

/// Turns a scene into pixels. Made anew when palette or font change.
///
/// Threads: [gui].
class TimelinePainter
{
public:
    TimelinePainter(const QPalette &palette, const QFont &font);

    /// \a hovered: the emission to outline; without one that of the selection is. \a zoomBox: what
    /// the user is drawing.
    void paint(QPainter &painter, TimelineScene &scene, std::optional<EmissionId> hovered,
               std::optional<QRectF> zoomBox);

    const FlowStub *stubAt(QPointF point) const { return m_overlay.stubAt(point); } ///< likewise
    QRect chip() const { return m_overlay.chip(); } ///< as painted last

private:
    void paintUnfilled(QPainter &painter, const TimelineFrame &frame);

    TimelineTheme m_theme;
    SpanColors m_colors; ///< for the legend
    StripImage m_strips;
    SpanLabels m_labels;
    LossBars m_losses;
    TimelineChrome m_chrome;
    TimelineOverlay m_overlay;
};

} // namespace Fanfare
