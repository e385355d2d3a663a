// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QPoint>
#include <QSignalSpy>

#include <functional>

using namespace Fanfare;

/// What the rows of the table of keys and gestures need, as events that the widget gets.
class InteractionFixture
{
public:
    void start(); ///< a new timeline with a small run

    /// What somebody does, and whether it has the effect; before it, it must not have.
    struct Row
    {
        const char *name;
        std::function<void()> gesture;
        std::function<bool()> hasEffect;
        std::function<void()> before = [] {};
    };
    std::vector<Row> rows();
    void addViewRows(std::vector<Row> &rows);
    void addMouseRows(std::vector<Row> &rows);
    void addRulerAndHeaderRows(std::vector<Row> &rows);
    void addStepRows(std::vector<Row> &rows);
    void addEditRows(std::vector<Row> &rows);

    const TimelineScene &scene() const { return m_widget->scene(); }
    double length() const { return scene().view().length; }
    double begin() const { return double(scene().view().begin - storyStart) / 1e6; } // ms
    bool selects(quint64 emission) const
    {
        return scene().selected() == TaskId{EmissionId{emission}, 0};
    }
    QPoint pointOf(double milliseconds, int lane = 0) const;
    QPoint rulerAt(double milliseconds) const;
    QPoint header(int lane, int x) const;
    void key(int key, Qt::KeyboardModifiers modifiers = {});
    void hold(Qt::Key key, const std::function<bool()> &reached);
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {});
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {},
              Qt::MouseButton button = Qt::LeftButton);
    void wheel(QPoint angle, Qt::KeyboardModifiers modifiers = {});
    void addTallLoop();

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineWidget> m_widget;
    std::unique_ptr<QSignalSpy> m_details;
    std::unique_ptr<QSignalSpy> m_filterWanted;
};
