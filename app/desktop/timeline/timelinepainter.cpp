// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinepainter.h"

#include "desktop/timeline/cursorline.h"
#include "desktop/timeline/lanesymbols.h"

#include <QPaintEngine>
#include <QPainter>

#include <cmath>

namespace Fanfare {

TimelinePainter::TimelinePainter(const QPalette &palette, const QFont &font)
    : m_theme(TimelineTheme::of(palette))
    , m_colors(m_theme)
    , m_strips(m_theme)
    , m_labels(m_theme, font)
    , m_losses(m_theme, font)
    , m_chrome(m_theme, font)
    , m_overlay(m_theme, font)
{
}

/// What lies below the last lane: no image, a third of the memory traffic of a frame.
void TimelinePainter::paintUnfilled(QPainter &painter, const TimelineFrame &frame)
{
    QRect rest = frame.areas.plot;
    rest.setTop(frame.filled.bottom() + 1);
    if (rest.height() <= 0)
        return;
    painter.fillRect(rest, m_theme.background);
    for (const RulerTick &tick : frame.ticks) {
        const double x = std::floor(tick.x * frame.ratio) / frame.ratio;
        painter.fillRect(QRectF(rest.x() + x, rest.y(), 1, rest.height()), m_theme.grid);
    }
}

/// The pixels of \a rect that \a painter draws to, to write them without a copy: on large screens
/// copying takes longer than all the rest. Null where there are none: a picture of vectors, a rect
/// between pixels, something that lies in front.
static QImage pixelsOf(QPainter &painter, const QRect &rect)
{
    const QPaintEngine &engine = *painter.paintEngine();
    const QTransform transform = painter.deviceTransform();
    const QRectF wanted = transform.mapRect(QRectF(rect));
    const QRect pixels = wanted.toRect();
    const QRegion clip = engine.systemClip();
    if (engine.type() != QPaintEngine::Raster || transform.type() > QTransform::TxScale
        || QRectF(pixels) != wanted || clip.rectCount() > 1
        || (!clip.isEmpty() && !clip.boundingRect().contains(pixels)))
        return {};
    QPaintDevice *device = engine.paintDevice();
    if (device->devType() != QInternal::Image)
        return {};
    auto &image = static_cast<QImage &>(*device);
    const bool isFit = image.format() == QImage::Format_RGB32
        || image.format() == QImage::Format_ARGB32_Premultiplied;
    if (!isFit || !image.isDetached() || !image.rect().contains(pixels))
        return {};
    return {image.scanLine(pixels.y()) + qsizetype(pixels.x()) * 4, pixels.width(), pixels.height(),
            image.bytesPerLine(), QImage::Format_RGB32};
}

void TimelinePainter::paintStrips(QPainter &painter, TimelineScene &scene)
{
    const TimelineFrame &frame = scene.frame();
    const QImage target = pixelsOf(painter, frame.filled);
    const QImage &strips =
        m_strips.compose(frame, scene.tracks(), scene.model(), scene.filter().view(), target);
    if (!target.isNull() && target.size() == strips.size())
        return;
    painter.save();
    painter.setClipRect(frame.filled);
    if (painter.paintEngine()->hasFeature(QPaintEngine::PorterDuff)) // not a file of vectors
        painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.drawImage(QRectF(frame.filled.topLeft(), QSizeF(strips.size()) / frame.ratio), strips);
    painter.restore();
}

void TimelinePainter::paint(QPainter &painter, TimelineScene &scene, const Input &input)
{
    const TimelineFrame &frame = scene.frame();
    m_strips.setColoring(scene.coloring());
    m_labels.setColoring(scene.coloring());
    m_colors.setColoring(scene.coloring());
    paintStrips(painter, scene);
    paintUnfilled(painter, frame);
    m_labels.draw(painter, frame, scene.tracks(), scene.model(), scene.filter().view());
    m_losses.draw(painter, frame, scene.tracks(), scene.model());
    drawLaneMarks(painter, frame, m_theme);
    m_chrome.draw(painter, frame, scene.lanes(), scene.tracks(), scene.model(), scene.area().area(),
                  input.hoveredHeader, scene.filter().lanes(), scene.selectedLane());
    if (const FilterMatches *matches = scene.filter().matches())
        m_chrome.drawMatches(painter, frame, scene.tracks(), *matches);
    if (scene.coloring() == SpanColoring::Handler)
        m_chrome.drawTimes(painter, frame);
    m_colors.drawLegend(
        painter,
        QRectF(10, frame.areas.ruler.y(), frame.areas.ruler.x() - 20, frame.areas.ruler.height()));

    TimelineOverlay::State state;
    state.current = scene.selected();
    state.selected = scene.allSelected();
    state.emission = input.hovered;
    if (!input.hovered && scene.selected())
        state.emission = scene.selected()->emission;
    state.dimsOthers = input.hovered.has_value();
    if (scene.selected() && (!input.hovered || *input.hovered == scene.selected()->emission))
        state.flow = scene.flow();
    state.area = &scene.area();
    state.markers = scene.markers();
    state.notes = scene.notes().all();
    state.hint = input.hint;
    state.cursor = input.cursor;
    if (input.cursor)
        state.cursorText = cursorText(frame, *input.cursor - scene.rulerOrigin());
    state.zoomBox = input.zoomBox;
    state.isFollowing = scene.isFollowing();
    state.isFrozen = scene.isFrozen();
    state.isEnded = scene.isEnded();
    state.newSpans = scene.newSpans();
    m_overlay.draw(painter, frame, scene.lanes(), scene.tracks(), scene.model(), state);
}

} // namespace Fanfare
