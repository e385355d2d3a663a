// SPDX-License-Identifier: MIT
#include "runtabs.h"

#include "runpage.h"
#include "runtext.h"
#include "runview.h"

#include <QFileInfo>
#include <QTabBar>

namespace Fanfare {

RunTabs::RunTabs(QWidget *live, QWidget *parent)
    : QTabWidget(parent)
{
    setDocumentMode(true);
    setTabsClosable(true);
    setMovable(false);
    setElideMode(Qt::ElideMiddle);
    addTab(live, tr("Live"));
    setTabBarAutoHide(true);
    tabBar()->setTabButton(0, QTabBar::RightSide, nullptr);
    tabBar()->setTabButton(0, QTabBar::LeftSide, nullptr);
    tabBar()->setAccessibleName(tr("Live, runs and comparisons"));
    connect(this, &QTabWidget::tabCloseRequested, this, &RunTabs::close);
}

RunPage *RunTabs::openRun(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    for (int i = 1; i < count(); ++i) {
        const auto page = qobject_cast<RunPage *>(widget(i));
        if (page && page->path() == absolute && page->problem().isEmpty()) {
            setCurrentIndex(i);
            return page;
        }
    }
    auto page = addPage(new RunPage(absolute, this), QFileInfo(absolute).fileName(), absolute);
    connect(page, &RunPage::opened, this,
            [this, page] { setTabText(indexOf(page), RunText::title(page->view()->run().info)); });
    return page;
}

TimelineWidget &RunTabs::timelineInFront(TimelineWidget &live) const
{
    const auto page = qobject_cast<RunPage *>(currentWidget());
    return page && page->view() ? page->view()->timeline() : live;
}

QString RunTabs::pathInFront() const
{
    const auto page = qobject_cast<RunPage *>(currentWidget());
    return page ? page->path() : QString();
}

void RunTabs::showPage(QWidget *page, const QString &title, const QString &tip)
{
    const int index = addTab(page, title);
    setTabToolTip(index, tip);
    setCurrentIndex(index);
}

void RunTabs::close(int index)
{
    if (index < 1)
        return;
    QWidget *const page = widget(index);
    removeTab(index);
    page->deleteLater();
}

} // namespace Fanfare
