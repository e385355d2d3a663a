// SPDX-License-Identifier: MIT
#include "desktop/timeline/spanlabels.h"

#include "desktop/panes/durationtext.h"

#include <QPainter>

#include <algorithm>

namespace Fanfare {

static constexpr int maximumLabels = 1'500; // in one frame; about 3 ms

SpanLabels::SpanLabels(const TimelineTheme &theme, const QFont &font)
    : m_theme(theme)
    , m_colors(theme)
    , m_texts(font)
    , m_minimumWidth(TextScale(m_texts.height()).of(40))
{
}

void SpanLabels::draw(QPainter &painter, const TimelineFrame &frame, const TimelineTracks &tracks,
                      const RunModel &model, const FilterView &filter)
{
    m_left = maximumLabels;
    m_filter = filter;
    painter.save();
    painter.setClipRect(frame.areas.lanes);
    painter.setFont(m_texts.font());
    QRect clipped = frame.areas.lanes;
    for (size_t i = 0; i < frame.rowCount; ++i) {
        const RowFrame &row = frame.rows[i];
        if (row.height + 3 < m_texts.height())
            continue;
        QRect clip = frame.areas.lanes;
        clip.setTop(row.clipTop);
        if (clip != clipped)
            painter.setClipRect(clipped = clip);
        drawFinished(painter, frame, row, tracks.row(row.lane, row.row), model);
        drawOpen(painter, frame, row, tracks, model);
    }
    painter.restore();
}

static QRectF boxRect(const TimelineFrame &frame, const RowFrame &row, int left, int right)
{
    return QRectF(frame.areas.plot.x() + left / frame.ratio, row.y, (right - left) / frame.ratio,
                  row.height);
}

void SpanLabels::drawFinished(QPainter &painter, const TimelineFrame &frame, const RowFrame &row,
                              const SpanRow &spans, const RunModel &model)
{
    for (const SpanBox &box : row.layout.boxes) {
        const QRectF rect = boxRect(frame, row, box.left, box.right);
        if (rect.width() < m_minimumWidth)
            continue;
        if (m_filter.matches
            && !m_filter.matches->matches(spans, {row.lane, row.row, box.position}))
            continue;
        const RowSpan span = spans[box.position];
        Label label{rect, span.handler, span.finished - span.started,
                    span.outcome == Outcome::Canceled,
                    m_colors.color(spans, row.lane, box.position, span.handler, model)};
        if (span.outcome != Outcome::Succeeded && span.outcome != Outcome::Canceled && box.showsEnd)
            label.rect.setRight(label.rect.right()
                                - std::min(label.rect.width() / 2, label.rect.height()));
        drawLabel(painter, label, model);
    }
}

void SpanLabels::drawOpen(QPainter &painter, const TimelineFrame &frame, const RowFrame &row,
                          const TimelineTracks &tracks, const RunModel &model)
{
    constexpr int softEdge = 12;
    for (const OpenBox &box : row.open) {
        const OpenSpan &open = tracks.open()[box.index];
        if (m_filter.matches && !m_filter.matches->matches(open, frame.now))
            continue;
        const QRectF rect = boxRect(frame, row, box.left, box.right).adjusted(0, 0, -softEdge, 0);
        drawLabel(
            painter,
            {rect, open.handler, frame.now - open.task.started, false, m_colors.color(open, model)},
            model);
    }
}

void SpanLabels::drawLabel(QPainter &painter, const Label &label, const RunModel &model)
{
    constexpr int padding = 5;
    if (label.rect.width() < m_minimumWidth || m_left <= 0)
        return;
    --m_left;
    const HandlerEntry &handler = model.handler(label.handler);
    painter.setPen(label.isOnBackground ? m_theme.text : QColor(textColorOn(label.fill)));
    const QRectF inner = label.rect.adjusted(padding, 0, -padding, 0);
    m_texts.draw(painter, inner, handler.handler);

    constexpr int gap = 12;
    constexpr int shortestLength = 30;
    const double free = inner.width() - m_texts.widthOf(handler.handler) - gap;
    if (free < shortestLength)
        return;
    const QString length = durationText(label.length);
    if (free < m_texts.widthOf(length))
        return;
    QRectF right = inner;
    right.setLeft(inner.right() - m_texts.widthOf(length));
    painter.setOpacity(0.75);
    painter.drawText(right, Qt::AlignVCenter | Qt::AlignRight | Qt::TextDontClip, length);
    painter.setOpacity(1);
}

} // namespace Fanfare
