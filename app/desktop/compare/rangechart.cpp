// SPDX-License-Identifier: MIT
#include "rangechart.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Fanfare {

void RangeChart::clearRange()
{
    m_range.reset();
    m_isDragging = false;
    update();
}

void RangeChart::drawRange(QPainter &painter, const QRectF &area, const CompareTheme &theme) const
{
    if (!m_axis || (!m_isDragging && !m_range))
        return;
    const double from = m_isDragging ? m_pressed : m_axis->positionOf(m_range->first);
    const double to = m_isDragging ? m_dragged : m_axis->positionOf(m_range->second);
    QColor fill = theme.text;
    fill.setAlphaF(0.12F);
    painter.fillRect(QRectF(std::min(from, to), area.top(), std::abs(to - from), area.height()),
                     fill);
}

void RangeChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_axis)
        return;
    m_pressed = m_dragged = event->position().x();
    m_isDragging = true;
}

void RangeChart::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_isDragging)
        return;
    m_dragged = event->position().x();
    update();
}

void RangeChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !std::exchange(m_isDragging, false) || !m_axis)
        return;
    update();
    m_dragged = event->position().x();
    if (std::abs(m_dragged - m_pressed) < QApplication::startDragDistance()) {
        m_range.reset();
        Q_EMIT rangeCleared();
        return;
    }
    const double from = std::max(0.0, m_axis->valueAt(std::min(m_pressed, m_dragged)));
    const double to = std::max(from, m_axis->valueAt(std::max(m_pressed, m_dragged)));
    m_range = {from, to};
    Q_EMIT rangeChosen(from, to);
}

} // namespace Fanfare
