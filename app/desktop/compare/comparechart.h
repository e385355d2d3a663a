// SPDX-License-Identifier: MIT
#pragma once

#include "comparetheme.h"

#include <QWidget>

namespace Fanfare {

class ChartAxis;

/// A card with a title and a drawing below it. What is drawn is up to the subclass.
class CompareChart : public QWidget
{
    Q_OBJECT

public:
    explicit CompareChart(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);

protected:
    /// Draws into \a plot, which is below the title, with the font of the widget.
    virtual void draw(QPainter &painter, const QRectF &plot, const CompareTheme &theme) = 0;

    /// What stands at the right of the title: a colored square and a word each.
    virtual std::vector<std::pair<QColor, QString>> legend(const CompareTheme &theme) const;

    void paintEvent(QPaintEvent *event) override;
    QSize minimumSizeHint() const override;

    /// Vertical lines with durations below \a plot; \a plot leaves bottomMargin() for them.
    void drawTimeAxis(QPainter &painter, const QRectF &plot, const ChartAxis &axis,
                      const CompareTheme &theme) const;
    int bottomMargin() const;
    void drawHint(QPainter &painter, const QRectF &plot, const QString &text,
                  const CompareTheme &theme) const;

private:
    void drawLegend(QPainter &painter, const QRectF &line, const CompareTheme &theme) const;

    QString m_title;
};

} // namespace Fanfare
