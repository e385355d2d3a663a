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

    /// What mouse and keys are at.
    struct Input
    {
        std::optional<EmissionId> hovered; ///< to outline; without one that of the selection is
        std::optional<quint32> hoveredHeader = std::nullopt; ///< of this lane
        std::optional<QRectF> zoomBox = std::nullopt;        ///< that the user is drawing
        QString hint = {};                                   ///< which key is waited for
        std::optional<qint64> cursor = std::nullopt;         ///< see TimelineWidget::showCursor()
    };

    void paint(QPainter &painter, TimelineScene &scene, const Input &input);

    const FlowStub *stubAt(QPointF point) const { return m_overlay.stubAt(point); } ///< likewise
    QRect chip() const { return m_overlay.chip(); } ///< as painted last

private:
    void paintStrips(QPainter &painter, TimelineScene &scene);
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
