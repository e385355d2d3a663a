// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

class QTreeView;

namespace Fanfare {

/// Makes rows that hold a sentence (PluginModel::IsSentenceRole) as high as the sentence needs in
/// the width of its view; a tree view by itself measures text as if it were one line.
class SentenceDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit SentenceDelegate(QTreeView &view); ///< becomes a child of \a view

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QTreeView &m_view;
};

} // namespace Fanfare
