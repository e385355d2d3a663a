// SPDX-License-Identifier: MIT
#pragma once

#include <QTabWidget>

namespace Fanfare {

class RunPage;
class TimelineWidget;

/// The middle of the window: what is live, and beside it runs of files and comparisons, a tab
/// each. While only the live one is there, no tab bar is.
///
/// Threads: [gui].
class RunTabs final : public QTabWidget
{
    Q_OBJECT

public:
    /// \a live is the first tab, which cannot be closed.
    explicit RunTabs(QWidget *live, QWidget *parent = nullptr);

    /// Shows the run file or Chrome trace \a path; the tab that shows it already, if there is one.
    RunPage *openRun(const QString &path);

    /// Shows \a page, which brings its own signal closeWanted(), under \a title.
    template <typename Page>
    Page *addPage(Page *page, const QString &title, const QString &tip);

    void showLive() { setCurrentIndex(0); }

    /// The timeline of the run in front; \a live while none is.
    TimelineWidget &timelineInFront(TimelineWidget &live) const;

    QString pathInFront() const; ///< of the run in front; empty while none is

private:
    void showPage(QWidget *page, const QString &title, const QString &tip);
    void close(int index);
};

template <typename Page>
Page *RunTabs::addPage(Page *page, const QString &title, const QString &tip)
{
    connect(page, &Page::closeWanted, this, [this, page] { close(indexOf(page)); });
    showPage(page, title, tip);
    return page;
}

} // namespace Fanfare
