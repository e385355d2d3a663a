// SPDX-License-Identifier: MIT
#include "sortheader.h"

#include <QStyleOptionHeader>

namespace Fanfare {

SortHeader::SortHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(true); // as the one a tree comes with
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

QSize SortHeader::sectionSizeFromContents(int logicalIndex) const
{
    QSize size = QHeaderView::sectionSizeFromContents(logicalIndex);
    const bool hasNoArrow = isSortIndicatorShown() && logicalIndex != sortIndicatorSection();
    if (!hasNoArrow || !model()) // the model may go first
        return size;
    QStyleOptionHeader option;
    initStyleOption(&option);
    option.text = model()->headerData(logicalIndex, Qt::Horizontal).toString();
    const auto widthWith = [&](QStyleOptionHeader::SortIndicator arrow) {
        option.sortIndicator = arrow;
        return style()->sizeFromContents(QStyle::CT_HeaderSection, &option, QSize(), this).width();
    };
    size.rwidth() -= widthWith(QStyleOptionHeader::SortDown) - widthWith(QStyleOptionHeader::None);
    return size;
}

} // namespace Fanfare
