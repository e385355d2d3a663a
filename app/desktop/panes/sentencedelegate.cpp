// SPDX-License-Identifier: MIT
#include "sentencedelegate.h"

#include "desktop/models/pluginmodel.h"

#include <QHeaderView>
#include <QTreeView>

namespace Fanfare {

SentenceDelegate::SentenceDelegate(QTreeView &view)
    : QStyledItemDelegate(&view)
    , m_view(view)
{
    connect(m_view.header(), &QHeaderView::sectionResized, this,
            [this] { Q_EMIT sizeHintChanged({}); });
}

static int depthOf(QModelIndex index)
{
    int depth = 0;
    for (; index.isValid(); index = index.parent())
        ++depth;
    return depth;
}

QSize SentenceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    if (!index.data(PluginModel::IsSentenceRole).toBool() || index.column() != 0)
        return size;
    const int margin = 8;
    const int width = m_view.viewport()->width() - depthOf(index) * m_view.indentation() - margin;
    const QRect text = option.fontMetrics.boundingRect(QRect(0, 0, qMax(width, 60), 10'000),
                                                       Qt::TextWordWrap, index.data().toString());
    return {size.width(), text.height() + margin};
}

} // namespace Fanfare
