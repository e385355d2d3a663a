// SPDX-License-Identifier: MIT
#include "siblinglist.h"

#include "durationtext.h"
#include "outcomelook.h"
#include "waterfalldelegate.h"

#include <QHeaderView>

#include <algorithm>

namespace Fanfare {

enum SiblingColumn { HandlerColumn, WaterfallColumn, DurationColumn, SiblingColumnCount };

/// The list grows up to this many rows, then it scrolls.
static constexpr int maximumRows = 8;

SiblingList::SiblingList(QWidget *parent)
    : QTreeWidget(parent)
    , m_waterfall(new WaterfallDelegate(this))
{
    setAccessibleName(tr("Tasks of the same emission"));
    setColumnCount(SiblingColumnCount);
    setItemDelegateForColumn(WaterfallColumn, m_waterfall);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(HandlerColumn, QHeaderView::Fixed);
    header()->setSectionResizeMode(WaterfallColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(DurationColumn, QHeaderView::ResizeToContents);
    const auto choose = [this](QTreeWidgetItem *item) {
        const auto index = quint16(item->data(HandlerColumn, Qt::UserRole).toUInt());
        Q_EMIT taskChosen({m_emission, index});
    };
    connect(this, &QTreeWidget::itemClicked, this, choose);
    connect(this, &QTreeWidget::itemActivated, this, choose); // Enter
}

void SiblingList::setTasks(const std::vector<SiblingView> &tasks, TaskId selected)
{
    m_emission = selected.emission;
    m_waterfall->setTasks(tasks);
    clear();
    for (size_t i = 0; i < std::min(tasks.size(), maximumTasks); ++i) {
        addTask(tasks[i]);
        if (tasks[i].task == selected)
            setCurrentItem(topLevelItem(int(i)));
    }
    constexpr int widestName = 150; // or nothing is left for the picture
    header()->resizeSection(HandlerColumn, std::min(sizeHintForColumn(HandlerColumn), widestName));
    const int rows = std::min(topLevelItemCount(), maximumRows);
    setFixedHeight(rows * std::max(sizeHintForRow(0), 1) + 2 * frameWidth());
}

void SiblingList::addTask(const SiblingView &task)
{
    auto item = new QTreeWidgetItem(this);
    item->setText(HandlerColumn, task.handler);
    item->setIcon(HandlerColumn, taskIcon(task.state, task.outcome));
    item->setToolTip(HandlerColumn, taskText(task.state, task.outcome));
    item->setData(HandlerColumn, Qt::UserRole, task.task.index);
    if (task.state != TaskState::Queued)
        item->setText(DurationColumn, durationText(task.running));
    item->setTextAlignment(DurationColumn, Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace Fanfare
