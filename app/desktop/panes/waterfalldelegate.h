// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/taskview.h"

#include <QStyledItemDelegate>

namespace Fanfare {

/// Draws when a task of an emission waited and ran, on an axis all its rows share.
class WaterfallDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTasks(const std::vector<SiblingView> &tasks); ///< row by row

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    std::vector<SiblingView> m_tasks;
    EmissionExtent m_extent;
};

} // namespace Fanfare
