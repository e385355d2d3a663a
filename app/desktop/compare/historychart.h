// SPDX-License-Identifier: MIT
#pragma once

#include "comparechart.h"
#include "runhistory.h"

namespace Fanfare {

/// How long the kept runs of one scenario took, oldest to the left: those like A, like B, and
/// others. The compared ones are filled.
class HistoryChart final : public CompareChart
{
    Q_OBJECT

public:
    explicit HistoryChart(std::vector<HistoryPoint> points, QWidget *parent = nullptr);

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;
    std::vector<std::pair<QColor, QString>> legend(const CompareTheme &theme) const override;

private:
    const std::vector<HistoryPoint> m_points;
};

} // namespace Fanfare
