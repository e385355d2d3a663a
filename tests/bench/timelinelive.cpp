// SPDX-License-Identifier: MIT
#include "timelinecases.h"
#include "timelineload.h"

#include "desktop/timeline/timelinewidget.h"

#include <fanfare/base/clock.h>

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <QWheelEvent>

namespace Fanfare::Bench {

namespace {

/// Sends wheel events now and then and waits for the frame that shows what they did.
class InputWatch
{
public:
    explicit InputWatch(TimelineWidget &widget)
        : m_widget(widget)
    {
        m_clock.start();
    }

    void send()
    {
        if (m_isWaiting)
            return;
        m_sent = m_clock.nsecsElapsed();
        m_frames = m_widget.frameCount();
        m_isWaiting = true;
        const QPointF middle = m_widget.rect().center();
        m_zoomsIn = !m_zoomsIn;
        QWheelEvent event(middle, m_widget.mapToGlobal(middle), QPoint(),
                          QPoint(0, m_zoomsIn ? 120 : -120), Qt::NoButton, Qt::ControlModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&m_widget, &event);
    }

    void look()
    {
        if (!m_isWaiting || m_widget.frameCount() == m_frames)
            return;
        m_isWaiting = false;
        delays.push_back(double(m_clock.nsecsElapsed() - m_sent) / 1e6);
    }

    std::vector<double> delays;

private:
    TimelineWidget &m_widget;
    QElapsedTimer m_clock;
    qint64 m_sent = 0;
    quint64 m_frames = 0;
    bool m_isWaiting = false;
    bool m_zoomsIn = false;
};

} // namespace

LiveFigures live(double spansPerSecond, double seconds, const QSize &size, int lanes)
{
    RunModel model;
    TimelineLoad load(model, lanes);
    TimelineWidget widget(model);
    widget.resize(size);
    widget.show();
    widget.zoomBy(5); // two seconds
    InputWatch input(widget);
    QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock,
                     &widget, [&input] { input.look(); });

    QElapsedTimer clock;
    clock.start();
    quint64 sent = 0;
    QTimer engine; // as often as an engine sends its batches
    engine.setTimerType(Qt::PreciseTimer);
    QObject::connect(&engine, &QTimer::timeout, &widget, [&] {
        const double due = spansPerSecond * double(clock.nsecsElapsed()) / 1e9;
        const auto count = quint64(due) > sent ? quint64(due) - sent : 0;
        model.apply(load.batch(size_t(count), MonotonicClock::now()));
        sent += count;
    });
    QTimer user;
    QObject::connect(&user, &QTimer::timeout, &widget, [&input] { input.send(); });
    QEventLoop loop;
    QTimer::singleShot(int(seconds * 1'000), &loop, &QEventLoop::quit);
    engine.start(10);
    user.start(90);
    loop.exec();
    engine.stop();
    const double elapsed = double(clock.nsecsElapsed()) / 1e9;

    LiveFigures figures;
    figures.framesPerSecond = double(widget.frameCount()) / elapsed;
    figures.spansPerSecond = double(sent) / elapsed;
    figures.paints = widget.frameTimes(4'096);
    figures.inputToPicture = input.delays;
    return figures;
}

} // namespace Fanfare::Bench
