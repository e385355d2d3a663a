// SPDX-License-Identifier: MIT
#pragma once

#include "chartvalues.h"
#include "comparechart.h"

#include <optional>

namespace Fanfare {

/// How a distribution is looked at.
struct DistributionView
{
    enum class Times : quint8 {
        Total,   ///< from emitted to done
        Running, ///< the handler alone
    };

    Times times = Times::Total;
    bool isCumulative = false; ///< the share that is done within a time, else how many took it
    bool fromZero = true;      ///< where the axis is no logarithmic one
    bool asShares = true; ///< of all tasks of a side, else in tasks; a cumulative one always is
};

/// How the times of one handler are spread on both sides, laid over each other. Where they are
/// those of the handler alone, a drag chooses a range of them and a click none.
class DistributionChart final : public CompareChart
{
    Q_OBJECT

public:
    explicit DistributionChart(QWidget *parent = nullptr);

    /// Shows \a handler, which is borrowed until another one is set; one that ran on one side only
    /// is told. Null: none.
    void setHandler(const HandlerComparison *handler);
    void setView(const DistributionView &view);
    const DistributionView &view() const { return m_view; }

Q_SIGNALS:
    void rangeChosen(qint64 from, qint64 to); ///< nanoseconds of the times that are shown
    void rangeCleared();

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    const Sample &sampleOf(Side side) const;
    bool canChoose() const;
    bool isEmpty() const;
    void refresh();
    void drawColumns(QPainter &painter, const ChartAxis &x, const QRectF &area,
                     const CompareTheme &theme) const;
    void drawCurves(QPainter &painter, const ChartAxis &x, const QRectF &area,
                    const CompareTheme &theme) const;
    void drawRange(QPainter &painter, const QRectF &area, const CompareTheme &theme) const;

    const HandlerComparison *m_handler = nullptr;
    DistributionView m_view;
    Histogram m_histogram;
    std::optional<ChartAxis> m_axis; ///< as drawn last: where the mouse is
    double m_pressed = 0;            ///< pixels, as the one below
    double m_dragged = 0;
    bool m_isDragging = false;
    std::optional<std::pair<double, double>> m_range; ///< nanoseconds
};

} // namespace Fanfare
