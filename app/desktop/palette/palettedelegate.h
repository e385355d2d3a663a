// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace Fanfare {

/// Draws a row of the palette: symbol, text with the matched letters in bold, place and shortcut.
class PaletteDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace Fanfare
