// SPDX-License-Identifier: MIT
#pragma once

#include "chartaxis.h"
#include "comparechart.h"

#include <optional>
#include <utility>

namespace Fanfare {

/// A chart of which the user may choose a range along its horizontal axis by dragging; a click
/// takes that back.
class RangeChart : public CompareChart
{
    Q_OBJECT

public:
    using CompareChart::CompareChart;

    void clearRange(); ///< tells nobody

Q_SIGNALS:
    void rangeChosen(double from, double to); ///< values of the axis
    void rangeCleared();

protected:
    /// The axis as it is drawn now, which the mouse is on; nothing: there is nothing to choose.
    void setAxis(const std::optional<ChartAxis> &axis) { m_axis = axis; }
    void drawRange(QPainter &painter, const QRectF &area, const CompareTheme &theme) const;

    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    std::optional<ChartAxis> m_axis;
    double m_pressed = 0; ///< pixels, as the one below
    double m_dragged = 0;
    bool m_isDragging = false;
    std::optional<std::pair<double, double>> m_range; ///< values
};

} // namespace Fanfare
