// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinewidget.h"

#include <QAccessibleWidget>
#include <QHash>

namespace Fanfare {

/// The timeline for assistive technology: a list of lanes in view, each a list of its tasks in
/// view, and of folded groups. At most 500 tasks: nobody can listen to more.
///
/// Threads: [gui].
class TimelineAccessible final : public QAccessibleWidget
{
public:
    explicit TimelineAccessible(TimelineWidget *widget);
    ~TimelineAccessible() override;

    /// Makes QAccessible know all timelines. May be called again.
    static void install();

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;

    TimelineWidget &timeline() const;

    /// The interface of what has \a key, made by \a make when there is none yet. QAccessible owns
    /// it.
    template <typename Make>
    QAccessibleInterface *known(const QString &key, Make make) const;

private:
    mutable QHash<QString, QAccessible::Id> m_ids; ///< of lanes and tasks
};

} // namespace Fanfare
