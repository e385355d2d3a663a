// SPDX-License-Identifier: MIT
#include "desktop/timeline/lossbars.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace Fanfare {

static std::optional<QRectF> barRect(const TimelineFrame &frame, qint64 from, qint64 to, double y,
                                     double height)
{
    constexpr double narrowest = 2; // pixels
    const double left = std::max(0.0, frame.axis.xOf(from));
    const double right = std::min<double>(frame.areas.plot.width(), frame.axis.xOf(to));
    if (right < 0 || left > frame.areas.plot.width() || right < left)
        return std::nullopt;
    return QRectF(frame.areas.plot.x() + left, y, std::max(narrowest, right - left), height);
}

std::vector<LossBar> lossBars(const TimelineFrame &frame, const TimelineTracks &tracks,
                              const RunModel &model)
{
    std::vector<LossBar> bars;
    for (size_t i = 0; i < frame.rowCount; ++i) {
        const RowFrame &row = frame.rows[i];
        const RowLoss loss = tracks.row(row.lane, row.row).loss();
        if (loss.count == 0)
            continue;
        if (const auto rect = barRect(frame, loss.from, loss.to, row.y, row.height))
            bars.push_back({*rect, loss.count, true});
    }
    const int height = frame.scale.of(16);
    for (const RunGap &gap : model.gaps()) {
        if (const auto rect = barRect(frame, gap.from, gap.to, frame.areas.lanes.y(), height))
            bars.push_back({*rect, gap.count, false});
    }
    return bars;
}

LossBars::LossBars(const TimelineTheme &theme, const QFont &font)
    : m_theme(theme)
    , m_font(font)
{
}

QString LossBars::text(const LossBar &bar)
{
    return bar.isOfRow ? tr("%L1 forgotten, memory full").arg(bar.count)
                       : tr("%L1 lost on the way").arg(bar.count);
}

void LossBars::draw(QPainter &painter, const TimelineFrame &frame, const TimelineTracks &tracks,
                    const RunModel &model)
{
    const std::vector<LossBar> bars = lossBars(frame, tracks, model);
    if (bars.empty())
        return;
    const QFontMetrics metrics(m_font);
    painter.save();
    painter.setClipRect(frame.areas.lanes);
    painter.setFont(m_font);
    for (const LossBar &bar : bars) {
        const QColor color = bar.isOfRow ? m_theme.dimText : QColor(m_theme.failure);
        painter.fillRect(bar.rect, m_theme.background);
        painter.fillRect(bar.rect, QBrush(color, Qt::BDiagPattern));
        painter.setPen(QPen(color, 1));
        painter.drawRect(bar.rect.adjusted(0.5, 0.5, -0.5, -0.5));
        const QString words = text(bar);
        const double width = metrics.horizontalAdvance(words) + 10;
        if (bar.rect.width() < width + 8 || bar.rect.height() + 2 < metrics.height())
            continue;
        QRectF label(0, 0, width, std::min<double>(metrics.height(), bar.rect.height() - 2));
        label.moveCenter(bar.rect.center());
        painter.fillRect(label, m_theme.background);
        painter.setPen(m_theme.text);
        painter.drawText(label, Qt::AlignCenter | Qt::TextDontClip, words);
    }
    painter.restore();
}

} // namespace Fanfare
