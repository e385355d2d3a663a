// SPDX-License-Identifier: MIT
#pragma once

#include "chartvalues.h"
#include "comparechart.h"

namespace Fanfare {

/// CPU time against the time handlers ran: a hollow bar for the latter, filled as far as they
/// computed. What is hollow they waited: for a lock, a file, a timer or a core.
class CpuChart final : public CompareChart
{
    Q_OBJECT

public:
    CpuChart(const CpuTimes &a, const CpuTimes &b, QWidget *parent = nullptr);

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;
    std::vector<std::pair<QColor, QString>> legend(const CompareTheme &theme) const override;

private:
    void drawSide(QPainter &painter, const QRectF &row, const ChartAxis &axis, Side side,
                  const CompareTheme &theme) const;

    const CpuTimes m_a;
    const CpuTimes m_b;
};

} // namespace Fanfare
