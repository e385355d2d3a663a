// SPDX-License-Identifier: MIT
#pragma once

#include "chartvalues.h"
#include "rangechart.h"

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

/// How the times of one handler are spread on both sides, laid over each other. A drag chooses a
/// range of them, in nanoseconds.
class DistributionChart final : public RangeChart
{
    Q_OBJECT

public:
    explicit DistributionChart(QWidget *parent = nullptr);

    /// Shows \a handler, which is borrowed until another one is set; one that ran on one side only
    /// is told. Null: none.
    void setHandler(const HandlerComparison *handler);
    void setView(const DistributionView &view);
    const DistributionView &view() const { return m_view; }

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;

private:
    const Sample &sampleOf(Side side) const;
    bool isEmpty() const;
    void refresh();
    void drawColumns(QPainter &painter, const ChartAxis &x, const QRectF &area,
                     const CompareTheme &theme) const;
    void drawCurves(QPainter &painter, const ChartAxis &x, const QRectF &area,
                    const CompareTheme &theme) const;

    const HandlerComparison *m_handler = nullptr;
    DistributionView m_view;
    Histogram m_histogram;
};

} // namespace Fanfare
