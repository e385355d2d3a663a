// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelinepane.h"

#include "desktop/timeline/filterbar.h"
#include "desktop/timeline/timelinewidget.h"

#include <QVBoxLayout>

namespace Fanfare {

TimelinePane::TimelinePane(TimelineWidget *timeline, QWidget *parent)
    : QWidget(parent)
{
    auto filter = new FilterBar(*timeline, this);
    auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(filter);
    column->addWidget(timeline, 1);
    setFocusProxy(timeline);
    connect(timeline, &TimelineWidget::filterWanted, filter, &FilterBar::open);
}

} // namespace Fanfare
