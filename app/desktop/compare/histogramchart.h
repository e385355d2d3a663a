// SPDX-License-Identifier: MIT
#pragma once

#include "chartvalues.h"
#include "comparechart.h"

namespace Fanfare {

/// How the times of one handler are spread on both sides, laid over each other.
class HistogramChart final : public CompareChart
{
    Q_OBJECT

public:
    explicit HistogramChart(QWidget *parent = nullptr);

    /// Shows \a handler; one that ran on one side only is told.
    void setHandler(const HandlerComparison *handler);

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;

private:
    Histogram m_histogram;
};

} // namespace Fanfare
