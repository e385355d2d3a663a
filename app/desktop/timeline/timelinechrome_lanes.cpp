// SPDX-License-Identifier: MIT
// The headers of the lanes.
#include "desktop/timeline/timelinechrome.h"

#include "desktop/panes/laneeventtext.h"
#include "desktop/timeline/lanegroup.h"
#include "desktop/timeline/laneheader.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int margin = 10; // pixels left of names

/// Busy fraction of a lane in the part of the run that is in view; nothing for lanes with several
/// rows.
static std::optional<double> busyInView(const TimelineFrame &frame, quint32 index,
                                        const TimelineTracks &tracks, const RunModel &model)
{
    const qint64 from = std::max(frame.axis.begin(), tracks.firstTime());
    const qint64 to = std::min(frame.axis.timeAt(frame.areas.plot.width()), frame.now);
    const LaneEntry &lane = model.lane(index);
    const int rows = index < tracks.lanes().size() ? tracks.lanes()[index].rowCount : 0;
    if (rows > 1 || to <= from || lane.kind == LaneKind::Loop || !lane.hasWorker())
        return std::nullopt;
    qint64 busy = 0;
    busy += tracks.row(index, 0).busyBetween(from, to);
    for (const OpenSpan &open : tracks.open()) {
        if (open.lane == index)
            busy += std::max<qint64>(0, to - std::max(from, open.task.started));
    }
    return std::min(1.0, static_cast<double>(busy) / static_cast<double>(to - from));
}

void TimelineChrome::drawLanes(QPainter &painter, const TimelineFrame &frame,
                               const LaneLayout &lanes, const TimelineTracks &tracks,
                               const RunModel &model)
{
    painter.save();
    painter.setClipRect(frame.areas.headers.united(frame.areas.lanes));
    for (const LanePlace &place : lanes.places()) {
        const QRect rect = headerRect(frame, place);
        if (!rect.intersects(frame.areas.headers) || rect.bottom() < laneClipTop(frame, place))
            continue;
        QRect clip = frame.areas.headers.united(frame.areas.lanes);
        clip.setTop(laneClipTop(frame, place));
        painter.setClipRect(clip);
        drawLaneHeader(painter, rect, place, model, busyInView(frame, place.lane, tracks, model));
        drawLine(painter, frame, rect.bottom() + 1, m_theme.line);
    }
    QRect clip = frame.areas.headers.united(frame.areas.lanes);
    clip.setTop(frame.areas.lanes.y() + frame.pinnedHeight);
    painter.setClipRect(clip);
    for (const GroupPlace &group : lanes.groups()) {
        if (groupRect(frame, group).intersects(clip))
            drawGroup(painter, frame, group, tracks, model);
    }
    drawHidden(painter, frame, lanes);
    if (frame.pinnedHeight > 0) {
        painter.setClipRect(frame.areas.headers.united(frame.areas.lanes));
        drawLine(painter, frame, frame.areas.lanes.y() + frame.pinnedHeight, m_theme.dimText);
    }
    painter.restore();
}

/// A triangle that points right when the group is folded, else down.
static QPolygonF foldShape(QPointF center, bool isFolded)
{
    return isFolded
        ? QPolygonF{center + QPointF(-2, -4), center + QPointF(3, 0), center + QPointF(-2, 4)}
        : QPolygonF{center + QPointF(-4, -2), center + QPointF(4, -2), center + QPointF(0, 3)};
}

/// The header of a group: its name, how many workers it has, how busy they are.
void TimelineChrome::drawGroup(QPainter &painter, const TimelineFrame &frame,
                               const GroupPlace &group, const TimelineTracks &tracks,
                               const RunModel &model)
{
    const QRect rect = groupRect(frame, group);
    QRect header = rect;
    header.setWidth(frame.areas.headers.width());
    if (!group.isFolded)
        painter.fillRect(rect, m_theme.header);
    double sum = 0;
    for (const quint32 lane : group.lanes)
        sum += busyInView(frame, lane, tracks, model).value_or(0);
    const double busy = sum / static_cast<double>(std::max<size_t>(1, group.lanes.size()));
    const bool isTall = header.height() >= m_names.height() + m_small.height();
    const int line = isTall ? m_names.height() : header.height();
    const int y =
        header.y() + (isTall ? (header.height() - m_names.height() - m_small.height()) / 2 : 0);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.dimText);
    painter.drawPolygon(foldShape({margin + 3.0, y + line / 2.0}, group.isFolded));
    painter.restore();

    constexpr int textLeft = margin + 12;
    const int width = header.width() - textLeft - margin - m_meterWidth;
    const QString name = groupTitle(group.group);
    const QString count = u"\u00b7 %L1"_s.arg(qulonglong(group.lanes.size()));
    const QString widest = u"100 %"_s;
    painter.setFont(m_names.font());
    painter.setPen(m_theme.text);
    m_names.draw(painter, QRectF(textLeft, y, width, line), name);
    const double after = textLeft + m_names.widthOf(name) + 4;
    painter.setPen(m_theme.dimText);
    if (isTall) {
        painter.setFont(m_small.font());
        m_small.draw(painter, QRectF(textLeft, y + line, width, m_small.height()),
                     group.lanes.size() == 1
                         ? tr("1 worker")
                         : tr("%L1 workers").arg(qulonglong(group.lanes.size())));
    } else if (after + m_names.widthOf(count)
               <= header.right() - margin - m_small.widthOf(widest)) {
        m_names.draw(painter, QRectF(after, y, width, line), count);
    }
    if (frame.now > 0)
        drawMeter(painter, header, busy);
    drawLine(painter, frame, rect.bottom() + 1, m_theme.line);
}

/// Nothing is left out without a word.
void TimelineChrome::drawHidden(QPainter &painter, const TimelineFrame &frame,
                                const LaneLayout &lanes)
{
    if (lanes.hiddenCount() == 0)
        return;
    painter.setClipRect(frame.areas.headers);
    painter.setFont(m_small.font());
    painter.setPen(m_theme.dimText);
    const int y = std::min(frame.areas.lanes.y() + lanes.contentHeight() - frame.scroll + 4,
                           frame.areas.headers.bottom() - m_small.height());
    painter.drawText(QRect(margin, y, frame.areas.headers.width() - margin, m_small.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     lanes.hiddenCount() == 1 ? tr("1 lane hidden")
                                              : tr("%L1 lanes hidden").arg(lanes.hiddenCount()));
}

void TimelineChrome::drawLaneHeader(QPainter &painter, const QRect &rect, const LanePlace &place,
                                    const RunModel &model, std::optional<double> busy)
{
    if (m_selected == place.lane) {
        QColor fill = m_theme.accent;
        fill.setAlpha(44);
        painter.fillRect(rect, fill);
        painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), m_theme.accent);
    }
    drawLaneText(painter, rect, place, model);
    if (m_area)
        drawCheckBox(painter, rect,
                     std::ranges::find(m_area->lanes, place.lane) != m_area->lanes.end());
    if (m_hovered == place.lane)
        drawButtons(painter, rect, place);
    else if (busy)
        drawMeter(painter, rect, *busy);
}

void TimelineChrome::drawLaneText(QPainter &painter, const QRect &rect, const LanePlace &place,
                                  const RunModel &model)
{
    const int lines = m_names.height() + m_small.height();
    const bool hasRoom = rect.height() >= lines;
    const int used = hasRoom ? lines : m_names.height();
    const int y = rect.y() + std::max(0, (std::min(rect.height(), 2 * lines) - used) / 2);
    constexpr int indent = 12; // below the name of the group
    const int left = (m_area ? headerCheckWidth : margin) + (place.isInGroup ? indent : 0);
    const int width = rect.width() - left - margin - m_meterWidth - 4;
    painter.setFont(m_names.font());
    painter.setPen(m_theme.text);
    const LaneEntry &lane = model.lane(place.lane);
    m_names.draw(painter, QRectF(left, y, width, m_names.height()),
                 place.isInGroup ? titleInGroup(lane) : lane.name);
    if (!hasRoom)
        return;
    const auto filter = m_filters.find(place.lane);
    const bool isFiltered = filter != m_filters.end();
    const QString below = isFiltered ? filter->second
        : place.rows > 1             ? tr("%1 at once").arg(place.rows)
                                     : laneStateText(model, place.lane);
    painter.setFont(m_small.font());
    painter.setPen(isFiltered ? m_theme.match : m_theme.dimText);
    m_small.draw(painter, QRectF(left, y + m_names.height(), width, m_small.height()), below);
}

void TimelineChrome::drawMeter(QPainter &painter, const QRect &rect, double busy)
{
    const int lines = m_names.height() + m_small.height();
    const int used = std::min(rect.height(), lines);
    const bool isLine = rect.height() < lines;
    const int y = rect.y() + std::max(0, (std::min(rect.height(), 2 * lines) - used) / 2);
    const QRectF right(rect.right() - margin - m_meterWidth, y, m_meterWidth,
                       isLine ? rect.height() : m_names.height());
    painter.setFont(m_small.font());
    painter.setPen(m_theme.dimText);
    const QString percent = u"%1 %"_s.arg(static_cast<int>(busy * 100 + 0.5));
    painter.drawText(right, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, percent);
    if (rect.height() < lines)
        return;
    QRectF meter(right.x(), y + m_names.height() + m_small.height() / 2 - 1, m_meterWidth, 3);
    painter.fillRect(meter, m_theme.line);
    meter.setWidth(meter.width() * busy);
    painter.fillRect(meter, m_theme.dimText);
}

/// In a unit square: a pin that points up, a cross, a double arrow.
static QPainterPath buttonShape(HeaderPart part)
{
    QPainterPath shape;
    const auto line = [&shape](QPointF a, QPointF b) {
        shape.moveTo(a);
        shape.lineTo(b);
    };
    if (part == HeaderPart::Pin) {
        line({0.2, 0.1}, {0.8, 0.1});
        line({0.5, 0.9}, {0.5, 0.3});
        line({0.25, 0.55}, {0.5, 0.3});
        line({0.75, 0.55}, {0.5, 0.3});
    } else if (part == HeaderPart::Hide) {
        line({0.2, 0.2}, {0.8, 0.8});
        line({0.8, 0.2}, {0.2, 0.8});
    } else {
        line({0.5, 0.1}, {0.5, 0.9});
        line({0.28, 0.32}, {0.5, 0.1});
        line({0.72, 0.32}, {0.5, 0.1});
        line({0.28, 0.68}, {0.5, 0.9});
        line({0.72, 0.68}, {0.5, 0.9});
    }
    return shape;
}

void TimelineChrome::drawButtons(QPainter &painter, const QRect &rect, const LanePlace &place)
{
    constexpr HeaderPart parts[]{HeaderPart::Pin, HeaderPart::Hide, HeaderPart::Height};
    constexpr double size = 11;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < 3; ++i) {
        const QRect button = headerButton(rect, i);
        painter.fillRect(button, m_theme.header);
        const bool isOn = parts[i] == HeaderPart::Pin && place.isPinned;
        painter.setPen(
            QPen(isOn ? m_theme.accent : m_theme.text, 1.6 / size, Qt::SolidLine, Qt::RoundCap));
        painter.save();
        painter.translate(QRectF(button).center() - QPointF(size / 2, size / 2));
        painter.scale(size, size);
        painter.drawPath(buttonShape(parts[i]));
        painter.restore();
    }
    painter.restore();
}

void TimelineChrome::drawCheckBox(QPainter &painter, const QRect &rect, bool isChecked)
{
    constexpr double size = 12;
    const QRectF box(8, rect.y() + (std::min(rect.height(), 32) - size) / 2, size, size);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isChecked ? m_theme.accent : m_theme.dimText, 1.2));
    painter.setBrush(isChecked ? QBrush(m_theme.accent) : QBrush(m_theme.background));
    painter.drawRoundedRect(box, 2, 2);
    if (isChecked) {
        painter.setPen(
            QPen(QColor(textColorOn(m_theme.accent.rgb())), 1.8, Qt::SolidLine, Qt::RoundCap));
        const QPointF corner = box.topLeft();
        painter.drawPolyline(QPolygonF{corner + QPointF(3, 6), corner + QPointF(5.2, 8.4),
                                       corner + QPointF(9.2, 3.6)});
    }
    painter.restore();
}

} // namespace Fanfare
