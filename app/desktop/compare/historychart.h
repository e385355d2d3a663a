// SPDX-License-Identifier: MIT
#pragma once

#include "chartaxis.h"
#include "comparechart.h"
#include "runhistory.h"

#include <optional>

namespace Fanfare {

/// What the kept runs of one scenario took, oldest to the left: those like A, like B, and others.
/// The compared ones are filled; where a level changes stands a line. A click on a run asks for it.
class HistoryChart final : public CompareChart
{
    Q_OBJECT

public:
    explicit HistoryChart(QWidget *parent = nullptr);

    /// \a values are those of \a points, nanoseconds; \a title says what they are.
    void setPoints(std::vector<HistoryPoint> points, std::vector<std::optional<double>> values,
                   const QString &title);

    std::optional<size_t> pointAt(const QPointF &position) const; ///< of what was drawn last
    QString sentenceFor(size_t point) const;                      ///< all about it, as a tooltip

Q_SIGNALS:
    void openWanted(const QString &path);

protected:
    void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) override;
    std::vector<std::pair<QColor, QString>> legend(const CompareTheme &theme) const override;
    bool event(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void drawScale(QPainter &painter, const QRectF &area, const ChartAxis &y, double left,
                   const CompareTheme &theme) const;
    void drawChanges(QPainter &painter, const QRectF &area, const ChartAxis &x,
                     const CompareTheme &theme) const;

    std::vector<HistoryPoint> m_points;
    std::vector<std::optional<double>> m_values;
    std::vector<HistoryChange> m_changes;
    std::vector<QPointF> m_places; ///< of the points, as drawn last; far away for those without
};

} // namespace Fanfare
