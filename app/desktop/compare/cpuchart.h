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
    explicit CpuChart(QWidget *parent = nullptr);

    void setTimes(const CpuTimes &a, const CpuTimes &b);

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;
    std::vector<std::pair<QColor, QString>> legend(const CompareTheme &theme) const override;

private:
    void drawSide(QPainter &painter, const QRectF &row, const ChartAxis &axis, Side side,
                  const CompareTheme &theme) const;

    CpuTimes m_a;
    CpuTimes m_b;
};

} // namespace Fanfare
