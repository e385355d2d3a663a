// SPDX-License-Identifier: MIT
#include "waterfalldelegate.h"

#include "desktop/appearance.h"
#include "desktop/models/rowspan.h"

#include <QPainter>

#include <algorithm>

namespace Fanfare {

void WaterfallDelegate::setTasks(const std::vector<SiblingView> &tasks)
{
    m_tasks = tasks;
    m_extent = extentOf(tasks);
}

void WaterfallDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const auto row = size_t(index.row());
    const double length = double(m_extent.to - m_extent.from);
    if (row >= m_tasks.size() || length <= 0)
        return;
    const SiblingView &task = m_tasks[row];
    const QRectF room = QRectF(option.rect).adjusted(4, 4, -4, -4);
    const auto xOf = [&](qint64 time) {
        return room.x() + room.width() * double(time - m_extent.from) / length;
    };
    const bool isSelected = option.state & QStyle::State_Selected;
    const QColor text =
        option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const double queued = xOf(task.queued);
    const double started = task.started > 0 ? xOf(task.started) : xOf(task.until);
    const double until = std::max(xOf(task.until), started + 2);
    painter->fillRect(QRectF(queued, room.center().y() - 1, started - queued, 2),
                      QBrush(text, Qt::Dense4Pattern));
    if (task.started == 0)
        return;
    const bool hasFailed = task.state == TaskState::Ended && isFailure(task.outcome);
    const QColor color = isSelected ? text
        : hasFailed                 ? accentColor(Accent::Bad, option.palette)
                                    : accentColor(Accent::Good, option.palette);
    painter->fillRect(
        QRectF(started, room.y(), std::min(until, room.right()) - started, room.height()),
        QBrush(color, hasFailed ? Qt::BDiagPattern : Qt::SolidPattern));
}

} // namespace Fanfare
