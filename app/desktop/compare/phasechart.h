// SPDX-License-Identifier: MIT
#pragma once

#include "comparechart.h"

namespace Fanfare {

/// Where the time of a mean task goes: one bar for each side, a piece for each phase, on one axis
/// from 0.
class PhaseChart final : public CompareChart
{
    Q_OBJECT

public:
    explicit PhaseChart(QWidget *parent = nullptr);

    void setMeans(const PhaseMeans &means);

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;
    std::vector<std::pair<QColor, QString>> legend(const CompareTheme &theme) const override;

private:
    PhaseMeans m_means;
};

} // namespace Fanfare
