// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/handlertallies.h"

#include <QPolygonF>
#include <QStyledItemDelegate>

namespace Fanfare {

/// Draws how many calls ended in each second of the last minute (PluginModel::RatesRole) as a
/// filled curve, as high as the busiest second of its row.
class SparklineDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// The outline of \a rates in \a area, closed along its lower edge: the oldest second on the left,
/// the busiest at the top. Empty when there was no call.
QPolygonF sparkline(const CallRates &rates, const QRectF &area);

} // namespace Fanfare
