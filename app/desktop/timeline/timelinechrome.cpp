// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinechrome.h"

#include "desktop/panes/durationtext.h"
#include "desktop/timeline/foldlayer.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

static constexpr int margin = 10; // pixels left of names

static QFont smaller(QFont font)
{
    constexpr double factor = 0.85;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(static_cast<int>(font.pixelSize() * factor));
    return font;
}

TimelineChrome::TimelineChrome(const TimelineTheme &theme, const QFont &font)
    : m_theme(theme)
    , m_names(font)
    , m_small(smaller(font))
    , m_meterWidth(std::max(34, m_small.widthOf(u"100 %"_s)))
{
}

void TimelineChrome::draw(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
                          const TimelineTracks &tracks, const RunModel &model,
                          const std::optional<TimelineArea> &area, std::optional<quint32> hovered,
                          const std::map<quint32, QString> &filters,
                          std::optional<quint32> selected)
{
    m_filters = filters;
    m_selected = selected;
    m_area = area;
    m_hovered = hovered;
    const int bottom = frame.areas.plot.bottom() + 1;
    painter.fillRect(QRect(0, 0, frame.areas.plot.x(), bottom), m_theme.header);
    if (!frame.areas.minimap.isEmpty())
        drawMinimap(painter, frame);
    drawRuler(painter, frame);
    drawStripHeaders(painter, frame, tracks);
    drawEmissions(painter, frame);
    if (!frame.areas.queue.isEmpty())
        drawQueueRest(painter, frame, tracks);
    drawLanes(painter, frame, lanes, tracks, model);
    painter.fillRect(QRect(frame.areas.plot.x() - 1, 0, 1, bottom), m_theme.line);
    drawScrollBar(painter, frame, lanes.contentHeight());
}

void TimelineChrome::drawLine(QPainter &painter, const TimelineFrame &frame, int y,
                              const QColor &color)
{
    const int width = frame.areas.plot.right() + 1;
    painter.fillRect(QRectF(0, y - 1 / frame.ratio, width, 1 / frame.ratio), color);
}

void TimelineChrome::drawRuler(QPainter &painter, const TimelineFrame &frame)
{
    const QRect &ruler = frame.areas.ruler;
    painter.fillRect(ruler, m_theme.header);
    painter.save();
    painter.setClipRect(ruler);
    painter.setFont(m_small.font());
    painter.setPen(m_theme.dimText);
    drawTicks(painter, frame);
    painter.restore();
    drawFolds(painter, frame, m_theme, m_small.font());
    drawLine(painter, frame, ruler.bottom() + 1, m_theme.line);
}

void TimelineChrome::drawTicks(QPainter &painter, const TimelineFrame &frame)
{
    constexpr int tickHeight = 6;
    const QRect &ruler = frame.areas.ruler;
    // Behind a fold a tick may be nearer to the one before than its text is long.
    const std::vector<FoldBox> folds =
        foldBoxes(frame, [this](const QString &text) { return m_small.widthOf(text); });
    double textEnd = -1;
    for (const RulerTick &tick : frame.ticks) {
        const double x = ruler.x() + std::floor(tick.x * frame.ratio) / frame.ratio;
        painter.fillRect(QRectF(x, ruler.bottom() + 1 - tickHeight, 1, tickHeight),
                         m_theme.dimText);
        const bool isBeforeRun = tick.time < 0 && frame.times == RulerTimes::SinceStart;
        if (isBeforeRun)
            continue;
        const QString text = frame.times == RulerTimes::Clock
            ? clockTickText(tick.time, frame.tickStep)
            : tickText(tick.time, frame.tickStep);
        const QRectF rect(x + 4, ruler.y(), m_small.widthOf(text) + 2, ruler.height());
        const bool isCovered = std::ranges::any_of(
            folds, [&](const FoldBox &fold) { return fold.label.intersects(rect); });
        if (rect.left() < textEnd || isCovered)
            continue;
        textEnd = rect.right();
        painter.drawText(rect, Qt::AlignVCenter | Qt::TextDontClip, text);
    }
}

void TimelineChrome::drawMinimap(QPainter &painter, const TimelineFrame &frame)
{
    const QRect &area = frame.areas.minimap;
    const auto height = static_cast<int>(std::lround(area.height() * frame.ratio));
    const int pixel = std::max(1, static_cast<int>(std::lround(frame.ratio)));
    const QImage &image = m_minimap.compose(frame.minimap.columns, height, pixel, m_theme);
    painter.drawImage(QRectF(area.topLeft(), QSizeF(image.size()) / frame.ratio), image);

    const double left = area.x() + std::clamp<double>(frame.minimap.left, 0, area.width() - 3);
    const double right =
        std::max(left + 3, area.x() + std::clamp<double>(frame.minimap.right, 0, area.width()));
    QColor veil = m_theme.header;
    veil.setAlphaF(0.65F);
    painter.fillRect(QRectF(area.x(), area.y(), left - area.x(), area.height()), veil);
    painter.fillRect(QRectF(right, area.y(), area.right() + 1 - right, area.height()), veil);
    for (const double edge : {left, right - 2})
        painter.fillRect(QRectF(edge, area.y(), 2, area.height()), m_theme.accent);
    drawLine(painter, frame, area.bottom() + 1, m_theme.line);
}

void TimelineChrome::drawMatches(QPainter &painter, const TimelineFrame &frame,
                                 const TimelineTracks &tracks, const FilterMatches &matches)
{
    constexpr int height = 4;
    const QRect &area = frame.areas.minimap;
    const std::vector<bool> columns = matches.columns(tracks, frame.minimap.axis, area.width());
    for (size_t x = 0; x < columns.size(); ++x) {
        if (columns[x])
            painter.fillRect(area.x() + int(x), area.bottom() - height, 1, height, m_theme.match);
    }
}

static quint64 busyWorkers(const TimelineTracks &tracks)
{
    return static_cast<quint64>(std::ranges::count_if(
        tracks.open(), [&](const OpenSpan &open) { return !tracks.isLoop(open.lane); }));
}

void TimelineChrome::drawStripHeaders(QPainter &painter, const TimelineFrame &frame,
                                      const TimelineTracks &tracks)
{
    const int width = frame.areas.plot.x() - 2 * margin;
    const auto row = [&](const QRect &area) {
        return QRect(margin, area.y(), width, area.height());
    };
    const auto draw = [&](const QRect &rect, const QString &name, quint64 count,
                          const QString &text) {
        if (rect.isEmpty())
            return;
        painter.setPen(m_theme.dimText);
        painter.setFont(m_names.font());
        m_names.draw(painter, rect, name);
        painter.setPen(count > 0 ? m_theme.text : m_theme.dimText);
        painter.setFont(m_small.font());
        painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter, text);
    };
    const auto local = [](quint64 count) { return QLocale().toString(qulonglong(count)); };
    const quint64 busy = busyWorkers(tracks);
    const quint64 emissions = tracks.emissions().size();
    draw(row(frame.areas.minimap), tr("Whole run"), 1,
         durationText(frame.now - tracks.firstTime()));
    draw(row(frame.areas.emissions), tr("Emissions"), emissions, local(emissions));
    draw(row(frame.areas.workers), tr("Busy"), busy,
         tr("%1 of %2").arg(local(busy), local(quint64(frame.workers))));
    draw(row(frame.areas.queue), tr("Queue"), tracks.queuedCount(), local(tracks.queuedCount()));
    drawLine(painter, frame, frame.areas.workers.y(), m_theme.line);
    drawLine(painter, frame, frame.areas.queue.y(), m_theme.line);
    drawLine(painter, frame, frame.areas.lanes.y(), m_theme.line);
}

void TimelineChrome::drawEmissions(QPainter &painter, const TimelineFrame &frame)
{
    const QRect &area = frame.areas.emissions;
    painter.save();
    painter.setClipRect(area);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_small.font());
    const double middle = area.center().y() + 0.5;
    for (size_t i = 0; i < frame.emissions.size(); ++i) {
        const EmissionMark &mark = frame.emissions[i];
        const double x = area.x() + mark.x;
        const QPolygonF triangle{{x - 4, middle - 4}, {x + 4, middle - 4}, {x, middle + 4}};
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.emission);
        painter.drawPolygon(triangle);
        if (mark.count == 1)
            continue;
        const QString count =
            mark.count < 10'000 ? QString::number(mark.count) : u"%1k"_s.arg(mark.count / 1000);
        double room = EmissionTrack::badgeWidth - 8;
        if (i + 1 < frame.emissions.size()) // at the edge of a burst the next mark may be near
            room = std::min(room, frame.emissions[i + 1].x - mark.x - 10);
        painter.setPen(m_theme.dimText);
        if (m_small.widthOf(count) <= room)
            m_small.draw(painter, QRectF(x + 6, area.y(), room, area.height()), count);
    }
    painter.restore();
}

void TimelineChrome::drawQueueRest(QPainter &painter, const TimelineFrame &frame,
                                   const TimelineTracks &tracks)
{
    const quint64 shown = std::min<quint64>(tracks.queuedCount(), shownQueueBars);
    if (tracks.queuedCount() <= shown)
        return;
    if (frame.queued.empty())
        return; // "now" is out of view
    int left = frame.queued.front().left;
    for (const OpenBox &box : frame.queued)
        left = std::min(left, box.left);
    const QRect &area = frame.areas.queue;
    const QString text =
        tr("+%1 waiting").arg(QLocale().toString(qulonglong(tracks.queuedCount() - shown)));
    const double x = area.x() + left / frame.ratio - m_small.widthOf(text) - 8;
    if (x < area.x())
        return;
    painter.setPen(m_theme.dimText);
    painter.setFont(m_small.font());
    painter.drawText(QPointF(x, area.center().y() + m_small.height() / 3.0), text);
}

void TimelineChrome::drawTimes(QPainter &painter, const TimelineFrame &frame)
{
    QString text;
    if (frame.times == RulerTimes::Clock)
        text = tr("Time of day");
    else if (frame.times == RulerTimes::SinceMarker)
        text = tr("Since marker A");
    else if (frame.times == RulerTimes::SinceEmission)
        text = tr("Since the emission");
    painter.setFont(m_small.font());
    painter.setPen(m_theme.dimText);
    painter.drawText(QRect(margin, frame.areas.ruler.y(), frame.areas.ruler.x() - 2 * margin,
                           frame.areas.ruler.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, text);
}

void TimelineChrome::drawScrollBar(QPainter &painter, const TimelineFrame &frame, int contentHeight)
{
    const QRect &area = frame.areas.lanes;
    if (contentHeight <= area.height() || area.height() <= 0)
        return;
    constexpr int width = 5;
    constexpr int shortest = 24;
    const double share = static_cast<double>(area.height()) / contentHeight;
    const double height = std::max<double>(shortest, area.height() * share);
    const double scrolled = static_cast<double>(frame.scroll) / (contentHeight - area.height());
    const QRectF thumb(area.right() - width - 1,
                       area.y() + 2 + (area.height() - 4 - height) * scrolled, width, height);
    QColor color = m_theme.text;
    color.setAlphaF(0.35F);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(thumb, width / 2.0, width / 2.0);
    painter.restore();
}

} // namespace Fanfare
