// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runstory.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QTest>
#include <QWheelEvent>

namespace Fanfare {

/// A timeline with a small run: two tasks on thread 1, a failed one on thread 2, one on the loop;
/// the last second of it on 1,000 pixels.
class TimelineFixture
{
public:
    void start()
    {
        m_widget.reset();
        m_model = std::make_unique<RunModel>();
        m_story = std::make_unique<RunStory>(*m_model);
        m_story->startEngine();
        m_story->span(1, RunStory::thread1, 100, 300);
        m_story->span(2, RunStory::thread1, 400, 900);
        m_story->span(3, RunStory::thread2, 200, 500, Outcome::Failed);
        m_story->span(4, RunStory::loop, 0, 1'000);
        m_story->apply(1'000);
        m_widget = std::make_unique<TimelineWidget>(*m_model);
        const int header = timelineAreas(QSize(1'000, 300)).plot.x();
        m_widget->resize(header + 1'000, 300);
        m_widget->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_widget.get()));
        m_widget->zoomBy(10); // ten seconds at first; follows the end
        m_widget->setFocus();
    }

    /// The moment on the lane while the view shows the second before 1,000 ms.
    QPoint pointOf(double milliseconds, int lane = 0) const
    {
        const QRect lanes = timelineAreas(m_widget->size()).lanes;
        return QPoint(lanes.x() + int(milliseconds),
                      lanes.y() + groupHeaderHeight + 32 * lane + 16);
    }

    void wheel(QPoint position, QPoint angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWheelEvent event(position, m_widget->mapToGlobal(position), QPoint(), angle, Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_widget.get(), &event);
    }

    QImage picture() { return m_widget->grab().toImage(); }

    static std::optional<TaskId> task(quint64 emission) { return TaskId{EmissionId{emission}, 0}; }

    std::unique_ptr<RunModel> m_model;
    std::unique_ptr<RunStory> m_story;
    std::unique_ptr<TimelineWidget> m_widget;
};

} // namespace Fanfare
