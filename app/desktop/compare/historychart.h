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
    explicit HistoryChart(QWidget *parent = nullptr);

    void setPoints(std::vector<HistoryPoint> points);

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;
    std::vector<std::pair<QColor, QString>> legend(const CompareTheme &theme) const override;

private:
    std::vector<HistoryPoint> m_points;
};

} // namespace Fanfare
