// SPDX-License-Identifier: MIT
#pragma once

#include "rangechart.h"

namespace Fanfare {

/// By how much B takes longer than A at each percentile of one handler: flat where all tasks shift
/// alike, rising to the right where the slow ones get slower. A drag chooses a range of
/// percentiles, 1 to 99.
class QuantileChart final : public RangeChart
{
    Q_OBJECT

public:
    explicit QuantileChart(QWidget *parent = nullptr);

    void setHandler(const HandlerComparison *handler);

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;
    std::vector<std::pair<QColor, QString>> legend(const CompareTheme &theme) const override;

private:
    HandlerKey m_key;
    std::vector<double> m_differences; ///< for percent 1 to 99, or empty
};

} // namespace Fanfare
