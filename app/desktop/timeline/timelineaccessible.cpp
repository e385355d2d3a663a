// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelineaccessible.h"

#include <algorithm>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

/// What lanes and tasks have in common.
class Part : public QAccessibleInterface
{
public:
    explicit Part(const TimelineAccessible &timeline)
        : m_timeline(timeline)
    {
    }

    bool isValid() const override { return m_timeline.isValid(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i)->rect().contains(x, y))
                return child(i);
        }
        return nullptr;
    }
    void setText(QAccessible::Text, const QString &) override { }

protected:
    QRect onScreen(const QRect &rect) const
    {
        return QRect(m_timeline.timeline().mapToGlobal(rect.topLeft()), rect.size());
    }

    const TimelineAccessible &m_timeline;
};

class SpanPart final : public Part
{
public:
    SpanPart(const TimelineAccessible &timeline, quint32 lane, TaskId task)
        : Part(timeline)
        , m_lane(lane)
        , m_task(task)
    {
    }

    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        const std::vector<TaskId> selected = m_timeline.timeline().selectedTasks();
        state.selected = std::ranges::find(selected, m_task) != selected.end();
        state.invisible = rect().isEmpty();
        return state;
    }
    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Name ? m_timeline.timeline().sentenceFor(m_task) : QString();
    }
    QRect rect() const override
    {
        for (const TimelineWidget::LaneInView &lane : m_timeline.timeline().lanesInView()) {
            for (const TimelineWidget::TaskInView &task : lane.tasks) {
                if (task.task == m_task)
                    return onScreen(task.rect);
            }
        }
        return QRect(); // it has left the view
    }
    QAccessibleInterface *parent() const override;
    int childCount() const override { return 0; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }

private:
    const quint32 m_lane;
    const TaskId m_task;
};

class LanePart final : public Part
{
public:
    LanePart(const TimelineAccessible &timeline, quint32 lane)
        : Part(timeline)
        , m_lane(lane)
    {
    }

    QAccessible::Role role() const override { return QAccessible::List; }
    QAccessible::State state() const override { return {}; }
    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Name ? here().name : QString();
    }
    QRect rect() const override { return onScreen(here().rect); }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(&m_timeline.timeline());
    }
    int childCount() const override { return static_cast<int>(here().tasks.size()); }
    QAccessibleInterface *child(int index) const override
    {
        const TimelineWidget::LaneInView lane = here();
        if (index < 0 || index >= static_cast<int>(lane.tasks.size()))
            return nullptr;
        const TaskId task = lane.tasks[static_cast<size_t>(index)].task;
        const QString key = u"task %1 %2"_s.arg(number(task.emission)).arg(task.index);
        return m_timeline.known(key, [&] { return new SpanPart(m_timeline, m_lane, task); });
    }
    int indexOfChild(const QAccessibleInterface *wanted) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i) == wanted)
                return i;
        }
        return -1;
    }

private:
    TimelineWidget::LaneInView here() const
    {
        for (const TimelineWidget::LaneInView &lane : m_timeline.timeline().lanesInView()) {
            if (lane.lane == m_lane)
                return lane;
        }
        return {};
    }

    const quint32 m_lane;
};

QAccessibleInterface *lanePart(const TimelineAccessible &timeline, quint32 lane)
{
    return timeline.known(u"lane %1"_s.arg(lane), [&] { return new LanePart(timeline, lane); });
}

/// A group that is folded to one lane. Its tasks are not told apart.
class GroupPart final : public Part
{
public:
    GroupPart(const TimelineAccessible &timeline, LaneGroup group)
        : Part(timeline)
        , m_group(std::move(group))
    {
    }

    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.expandable = true;
        state.collapsed = true;
        state.invisible = here().rect.isEmpty();
        return state;
    }
    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Name ? here().sentence : QString();
    }
    QRect rect() const override { return onScreen(here().rect); }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(&m_timeline.timeline());
    }
    int childCount() const override { return 0; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }

private:
    TimelineWidget::GroupInView here() const
    {
        for (const TimelineWidget::GroupInView &group :
             m_timeline.timeline().foldedGroupsInView()) {
            if (group.group == m_group)
                return group;
        }
        return {};
    }

    const LaneGroup m_group;
};

QAccessibleInterface *groupPart(const TimelineAccessible &timeline, const LaneGroup &group)
{
    return timeline.known(u"group "_s + groupKey(group),
                          [&] { return new GroupPart(timeline, group); });
}

QAccessibleInterface *SpanPart::parent() const
{
    return lanePart(m_timeline, m_lane);
}

QAccessibleInterface *interfaceFor(const QString &, QObject *object)
{
    auto *widget = qobject_cast<TimelineWidget *>(object);
    return widget ? new TimelineAccessible(widget) : nullptr;
}

} // namespace

void TimelineAccessible::install()
{
    QAccessible::installFactory(interfaceFor); // a known one is not added again
}

TimelineAccessible::TimelineAccessible(TimelineWidget *widget)
    : QAccessibleWidget(widget, QAccessible::Chart)
{
}

TimelineAccessible::~TimelineAccessible()
{
    for (const QAccessible::Id id : std::as_const(m_ids))
        QAccessible::deleteAccessibleInterface(id);
}

template <typename Make>
QAccessibleInterface *TimelineAccessible::known(const QString &key, Make make) const
{
    const auto found = m_ids.constFind(key);
    if (found != m_ids.constEnd())
        return QAccessible::accessibleInterface(*found);
    QAccessibleInterface *made = make();
    m_ids.insert(key, QAccessible::registerAccessibleInterface(made));
    return made;
}

TimelineWidget &TimelineAccessible::timeline() const
{
    return *static_cast<TimelineWidget *>(widget());
}

int TimelineAccessible::childCount() const
{
    return static_cast<int>(timeline().lanesInView().size()
                            + timeline().foldedGroupsInView().size());
}

QAccessibleInterface *TimelineAccessible::child(int index) const
{
    std::vector<std::pair<int, QAccessibleInterface *>> parts; // by y
    for (const TimelineWidget::LaneInView &lane : timeline().lanesInView())
        parts.emplace_back(lane.rect.y(), lanePart(*this, lane.lane));
    for (const TimelineWidget::GroupInView &group : timeline().foldedGroupsInView())
        parts.emplace_back(group.rect.y(), groupPart(*this, group.group));
    if (index < 0 || index >= static_cast<int>(parts.size()))
        return nullptr;
    std::ranges::stable_sort(parts, {}, &std::pair<int, QAccessibleInterface *>::first);
    return parts[static_cast<size_t>(index)].second;
}

int TimelineAccessible::indexOfChild(const QAccessibleInterface *wanted) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (child(i) == wanted)
            return i;
    }
    return -1;
}

QAccessibleInterface *TimelineAccessible::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (child(i)->rect().contains(x, y))
            return child(i);
    }
    return nullptr;
}

} // namespace Fanfare
