// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelineoverlay.h"

#include "desktop/timeline/cursorline.h"
#include "desktop/timeline/notelayer.h"
#include "desktop/timeline/rulermarkers.h"
#include "desktop/timeline/timelinehits.h"

#include <QFontMetrics>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace Fanfare {

TimelineOverlay::TimelineOverlay(const TimelineTheme &theme, const QFont &font)
    : m_theme(theme)
    , m_font(font)
    , m_areaCard(theme, font)
{
}

const FlowStub *TimelineOverlay::stubAt(QPointF point) const
{
    for (const FlowStub &stub : m_flow.stubs) {
        if (stub.rect.contains(point))
            return &stub;
    }
    return nullptr;
}

void TimelineOverlay::draw(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
                           const TimelineTracks &tracks, const RunModel &model, const State &state)
{
    placeChip(frame, state);
    m_flow = FlowLayout();
    if (tracks.isEmpty() && tracks.markCount() == 0) {
        m_chip = QRect();
        drawEmpty(painter, frame);
        return;
    }
    painter.save();
    painter.setFont(m_font);
    painter.setClipRect(frame.areas.plot.united(frame.areas.ruler));
    drawOutlines(painter, frame, lanes, tracks, model, state);
    if (state.area)
        m_areaCard.draw(painter, frame, lanes, *state.area);
    if (state.flow != FlowDepth::Off && state.emission) {
        const QFontMetrics metrics(m_font);
        m_flow = layoutFlow(
            frame, lanes, tracks, model, *state.emission,
            [&](const QString &text) { return metrics.horizontalAdvance(text); },
            state.flow == FlowDepth::Task ? state.current : std::nullopt);
        drawFlow(painter, frame);
    }
    if (state.zoomBox)
        drawZoomBox(painter, *state.zoomBox);
    drawNotes(painter, frame, m_theme, m_font, state.notes);
    drawRulerMarkers(painter, frame, m_theme, m_font, state.markers);
    drawNow(painter, frame);
    drawMarks(painter, frame, tracks, model);
    if (state.cursor)
        drawCursor(painter, frame, m_theme, m_font, *state.cursor, state.cursorText);
    drawChip(painter, state);
    drawHint(painter, frame, state.hint);
    painter.restore();
}

void TimelineOverlay::drawOutlines(QPainter &painter, const TimelineFrame &frame,
                                   const LaneLayout &lanes, const TimelineTracks &tracks,
                                   const RunModel &model, const State &state)
{
    constexpr size_t maximumOutlines = 200; // an emission may have 10,000 tasks
    painter.save();
    painter.setClipRect(frame.areas.lanes);
    painter.setBrush(Qt::NoBrush);
    if (state.emission && state.dimsOthers) {
        std::vector<QRectF> bright;
        const std::vector<TaskId> tasks = model.tasksOf(*state.emission);
        for (size_t i = 0; i < std::min(tasks.size(), maximumOutlines); ++i) {
            if (const auto place = taskPlace(tracks, model, tasks[i], frame.now))
                bright.push_back(placeRect(frame, lanes, *place));
        }
        drawDimming(painter, frame, bright);
    }
    const auto outline = [&](TaskId task, const QColor &color, double width) {
        const auto place = taskPlace(tracks, model, task, frame.now);
        if (!place)
            return;
        const double out = width / 2;
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(placeRect(frame, lanes, *place).adjusted(-out, -out, out, out));
    };
    if (state.emission) {
        const std::vector<TaskId> tasks = model.tasksOf(*state.emission);
        for (size_t i = 0; i < std::min(tasks.size(), maximumOutlines); ++i)
            outline(tasks[i], m_theme.text, 1.5);
    }
    for (const TaskId task : state.selected)
        outline(task, m_theme.accent, 3);
    painter.restore();
}

void TimelineOverlay::drawDimming(QPainter &painter, const TimelineFrame &frame,
                                  const std::vector<QRectF> &bright)
{
    QPainterPath path;
    path.addRect(frame.areas.lanes.intersected(frame.filled));
    QPainterPath holes;
    for (const QRectF &rect : bright)
        holes.addRect(rect);
    QColor veil = m_theme.background;
    veil.setAlphaF(0.6F);
    painter.fillPath(path.subtracted(holes), veil);
}

static void drawArrow(QPainter &painter, const FlowArrow &arrow)
{
    constexpr double head = 5;
    const double down = std::max(14.0, std::abs(arrow.to.y() - arrow.from.y()) * 0.5);
    const double back = std::clamp(std::abs(arrow.to.x() - arrow.from.x()) * 0.5, 10.0, 60.0);
    QPainterPath path(arrow.from);
    path.cubicTo(arrow.from + QPointF(0, down), arrow.to - QPointF(back, 0), arrow.to);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.setBrush(painter.pen().color());
    painter.drawPolygon(QPolygonF{arrow.to, arrow.to + QPointF(-head * 1.5, -head * 0.75),
                                  arrow.to + QPointF(-head * 1.5, head * 0.75)});
}

void TimelineOverlay::drawFlow(QPainter &painter, const TimelineFrame &frame)
{
    painter.save();
    painter.setClipRect(frame.areas.plot);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor color = m_theme.text;
    color.setAlpha(190);
    painter.setPen(QPen(color, 1.3));
    for (const FlowArrow &arrow : m_flow.arrows)
        drawArrow(painter, arrow);
    for (const FlowStub &stub : m_flow.stubs) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.text);
        painter.drawRoundedRect(stub.rect, stub.rect.height() / 2, stub.rect.height() / 2);
        painter.setPen(m_theme.background);
        painter.drawText(stub.rect, Qt::AlignCenter, stub.text);
    }
    if (m_flow.notDrawn > 0 && !m_flow.arrows.empty()) {
        painter.setPen(m_theme.text);
        painter.drawText(m_flow.arrows.front().from + QPointF(8, 16),
                         tr("and %L1 more").arg(qulonglong(m_flow.notDrawn)));
    }
    painter.restore();
}

void TimelineOverlay::drawZoomBox(QPainter &painter, const QRectF &box)
{
    QColor fill = m_theme.accent;
    fill.setAlpha(50);
    painter.fillRect(box, fill);
    painter.fillRect(QRectF(box.left(), box.top(), 1.5, box.height()), m_theme.accent);
    painter.fillRect(QRectF(box.right() - 1.5, box.top(), 1.5, box.height()), m_theme.accent);
}

void TimelineOverlay::drawNow(QPainter &painter, const TimelineFrame &frame)
{
    const double x = frame.axis.xOf(frame.now);
    const QRect &plot = frame.areas.plot;
    if (x < 0 || x > plot.width())
        return;
    const double left = std::min(plot.x() + std::floor(x), plot.right() - 0.5);
    painter.fillRect(QRectF(left, frame.areas.ruler.y() + 10, 1.5, plot.bottom()), m_theme.accent);
    const QPolygonF flag{{left - 7, frame.areas.ruler.y() + 10.0},
                         {left + 1, frame.areas.ruler.y() + 10.0},
                         {left + 1, frame.areas.ruler.y() + 18.0}};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.accent);
    painter.drawPolygon(flag);
}

void TimelineOverlay::drawMarks(QPainter &painter, const TimelineFrame &frame,
                                const TimelineTracks &tracks, const RunModel &model)
{
    const QRect &lanes = frame.areas.lanes;
    const QFontMetrics metrics(m_font);
    const size_t count = std::min(tracks.markCount(), model.marks().size());
    const int bottom = m_chip.isNull() ? lanes.bottom() : m_chip.top() - 4;
    double textEnd = -1; // texts that would overlap go one line lower
    int line = 0;
    for (size_t i = 0; i < count; ++i) {
        const EngineMark &mark = model.marks()[i];
        const double x = frame.axis.xOf(mark.time);
        if (x < -metrics.horizontalAdvance(mark.text) || x > lanes.width())
            continue;
        const double left = lanes.x() + std::floor(x);
        const QColor color = mark.kind == MarkKind::End ? QColor(m_theme.crash) : m_theme.note;
        painter.fillRect(QRectF(left, frame.areas.plot.y(), 1.5, frame.areas.plot.height()), color);
        const int width = metrics.horizontalAdvance(mark.text) + 14;
        line = left < textEnd ? line + 1 : 0;
        const bool fitsRight = left + width <= lanes.right();
        const QRectF rect(fitsRight ? left + 1.5 : std::max<double>(lanes.x(), left - width),
                          bottom - (line + 1) * (metrics.height() + 8), width,
                          metrics.height() + 4);
        textEnd = rect.right();
        painter.fillRect(rect, color);
        painter.setPen(QColor(textColorOn(color.rgb())));
        painter.drawText(rect, Qt::AlignCenter, mark.text);
    }
}

QString TimelineOverlay::chipText(const State &state)
{
    const QString count = QLocale().toString(qulonglong(state.newSpans));
    if (state.isFrozen)
        return state.newSpans > 0 ? tr("Frozen \u00b7 %1 new \u2014 Space to go on").arg(count)
                                  : tr("Frozen \u2014 Space to go on");
    if (state.isEnded)
        return tr("The run has ended \u2014 Home shows all of it");
    return state.newSpans > 0 ? tr("Paused \u00b7 %1 new \u2014 End to follow").arg(count)
                              : tr("Paused \u2014 End to follow");
}

void TimelineOverlay::placeChip(const TimelineFrame &frame, const State &state)
{
    m_chip = QRect();
    if (state.isFollowing && !state.isFrozen)
        return;
    if (state.isEnded && frame.areas.minimap.isEmpty())
        return; // it would cover the tasks of a low timeline
    constexpr int distance = 14;
    const QFontMetrics metrics(m_font);
    const QSize size(metrics.horizontalAdvance(chipText(state)) + 28, metrics.height() + 12);
    const QRect &lanes = frame.areas.lanes;
    m_chip = QRect(lanes.right() - distance - size.width(),
                   lanes.bottom() - distance - size.height(), size.width(), size.height());
}

void TimelineOverlay::drawChip(QPainter &painter, const State &state)
{
    if (m_chip.isNull())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.text);
    painter.drawRoundedRect(m_chip, m_chip.height() / 2.0, m_chip.height() / 2.0);
    painter.setPen(m_theme.background);
    painter.drawText(m_chip, Qt::AlignCenter, chipText(state));
}

void TimelineOverlay::drawHint(QPainter &painter, const TimelineFrame &frame, const QString &hint)
{
    if (hint.isEmpty())
        return;
    const QFontMetrics metrics(m_font);
    QRectF rect(0, 0, metrics.horizontalAdvance(hint) + 28, metrics.height() + 12);
    rect.moveCenter(QPointF(frame.areas.lanes.center().x(), frame.areas.lanes.y() + 30));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.accent);
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    painter.setPen(QColor(textColorOn(m_theme.accent.rgb())));
    painter.drawText(rect, Qt::AlignCenter, hint);
}

void TimelineOverlay::drawEmpty(QPainter &painter, const TimelineFrame &frame)
{
    painter.save();
    QFont large = m_font;
    large.setPointSizeF(large.pointSizeF() > 0 ? large.pointSizeF() * 1.5 : 15);
    const QFontMetrics metrics(large);
    const QRect &area = frame.areas.lanes;
    const QRect title(area.x(), area.center().y() - metrics.height(), area.width(),
                      metrics.height());
    painter.setFont(large);
    painter.setPen(m_theme.dimText);
    painter.drawText(title, Qt::AlignCenter, tr("Nothing is playing yet"));
    painter.setFont(m_font);
    const QRect hint = title.translated(0, metrics.height() + 2);
    painter.drawText(hint, Qt::AlignCenter,
                     tr("Emit an event: every handler it starts appears here while it runs."));
    painter.restore();
}

} // namespace Fanfare
