// SPDX-License-Identifier: MIT
#include "sparklinedelegate.h"

#include "desktop/models/pluginmodel.h"

#include <QPainter>

#include <algorithm>

namespace Fanfare {

QPolygonF sparkline(const CallRates &rates, const QRectF &area)
{
    const quint32 most = *std::max_element(rates.begin(), rates.end());
    if (most == 0)
        return {};
    QPolygonF outline;
    outline.append(area.bottomLeft());
    const double step = area.width() / double(rates.size());
    for (size_t i = 0; i < rates.size(); ++i) { // a stair: a second is a second
        const double y = area.bottom() - area.height() * double(rates[i]) / double(most);
        outline.append({area.left() + step * double(i), y});
        outline.append({area.left() + step * double(i + 1), y});
    }
    outline.append(area.bottomRight());
    return outline;
}

void SparklineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index); // what lies behind
    const QVariant rates = index.data(PluginModel::RatesRole);
    if (!rates.isValid())
        return;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QColor color = option.palette.color(
        option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive,
        isSelected ? QPalette::HighlightedText : QPalette::Highlight);
    const QRectF area = QRectF(option.rect).adjusted(4, 4, -4, -3);
    painter->save();
    painter->setPen(QPen(color, 1));
    painter->drawLine(area.bottomLeft(), area.bottomRight());
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawPolygon(sparkline(rates.value<CallRates>(), area));
    painter->restore();
}

QSize SparklineDelegate::sizeHint(const QStyleOptionViewItem &option,
                                  const QModelIndex &index) const
{
    return {50, QStyledItemDelegate::sizeHint(option, index).height()};
}

} // namespace Fanfare
