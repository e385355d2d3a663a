// SPDX-License-Identifier: MIT
#include "palettedelegate.h"

#include "desktop/appearance.h"
#include "palettemodel.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

namespace Fanfare {

static constexpr int margin = 10;
static constexpr int iconSize = 16;

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, option.fontMetrics.height() + 12};
}

/// The letters that were typed stand out by weight as well as by color.
static QList<QTextLayout::FormatRange> formatsFor(const QList<int> &positions, const QColor &color)
{
    QList<QTextLayout::FormatRange> formats;
    for (const int position : positions) {
        QTextCharFormat format;
        format.setFontWeight(QFont::Bold);
        format.setForeground(color);
        formats.append({position, 1, format});
    }
    return formats;
}

/// Draws \a text into \a rect and returns its width.
static int drawMatched(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
                       const QList<QTextLayout::FormatRange> &formats)
{
    QTextLayout layout(text, font);
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(1e5); // never wrapped; the rectangle clips
    layout.endLayout();
    const QPointF origin(rect.x(), rect.y() + (rect.height() - line.height()) / 2);
    painter.save();
    painter.setClipRect(rect);
    layout.draw(&painter, origin);
    painter.restore();
    return qMin(rect.width(), qCeil(line.naturalTextWidth()));
}

/// Draws \a text at the right end of \a rect and returns what is left of it.
static QRect drawAtEnd(QPainter &painter, QRect rect, const QString &text, const QColor &color)
{
    if (text.isEmpty())
        return rect;
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter, text);
    rect.setRight(rect.right() - painter.fontMetrics().horizontalAdvance(text) - 2 * margin);
    return rect;
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    QStyleOptionViewItem frame = option;
    const QWidget *widget = option.widget;
    const QStyle *style = widget ? widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &frame, painter, widget);

    const bool isSelected = option.state & QStyle::State_Selected;
    const QPalette &palette = option.palette;
    const QColor text = palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QColor faint = isSelected ? text : accentColor(Accent::Neutral, palette);
    const QColor matched = isSelected ? text : palette.color(QPalette::Link);
    QRect rect = option.rect.adjusted(margin, 0, -margin, 0);
    const QRect icon(rect.x(), rect.center().y() - iconSize / 2, iconSize, iconSize);
    index.data(Qt::DecorationRole)
        .value<QIcon>()
        .paint(painter, icon, Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);
    rect.setLeft(icon.right() + margin);
    painter->setFont(option.font);
    rect = drawAtEnd(*painter, rect, index.data(PaletteModel::KeysRole).toString(), text);
    rect = drawAtEnd(*painter, rect, index.data(PaletteModel::PlaceRole).toString(), faint);
    painter->setPen(text);
    const auto positions = index.data(PaletteModel::PositionsRole).value<QList<int>>();
    const int width = drawMatched(*painter, rect, index.data().toString(), option.font,
                                  formatsFor(positions, matched));
    if (index.data(PaletteModel::CheckedRole).toBool()) {
        painter->setPen(faint);
        painter->drawText(rect.adjusted(width + margin, 0, 0, 0), Qt::AlignVCenter, tr("✓ on"));
    }
}

} // namespace Fanfare
