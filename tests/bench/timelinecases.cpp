// SPDX-License-Identifier: MIT
#include "timelinecases.h"

#include "timelineload.h"

#include "desktop/models/runspans.h"
#include "desktop/timeline/areastatistics.h"
#include "desktop/timeline/groupcolumns.h"
#include "desktop/timeline/rowlayout.h"
#include "desktop/timeline/timelinescene.h"
#include "desktop/timeline/timelinewidget.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <time.h>

namespace Fanfare::Bench {

bool Stopwatch::takesCpuTime = false;

static qint64 nanoseconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

Stopwatch::Stopwatch()
    : m_start(nanoseconds(takesCpuTime ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC))
{
}

double Stopwatch::milliseconds() const
{
    return double(nanoseconds(takesCpuTime ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC) - m_start)
        / 1e6;
}

double Figure::quantile(double fraction) const
{
    if (values.empty())
        return 0;
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    return sorted[size_t(std::lround(fraction * double(sorted.size() - 1)))];
}

double Figure::judged() const
{
    return quantile(of == Of::Median ? 0.5 : of == Of::P95 ? 0.95 : 1);
}

bool Figure::isMet() const
{
    return std::isnan(target) || (isAtLeast ? judged() >= target : judged() <= target);
}

/// Moves the view to later times.
static void pan(QWidget &widget, int pixels)
{
    const QPointF middle = widget.rect().center();
    QWheelEvent event(middle, widget.mapToGlobal(middle), QPoint(0, -pixels), QPoint(),
                      Qt::NoButton, Qt::ShiftModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

static double paint(TimelineWidget &widget)
{
    const quint64 before = widget.frameCount();
    for (;;) {
        const Stopwatch watch;
        widget.repaint();
        if (widget.frameCount() != before)
            return watch.milliseconds();
        QCoreApplication::processEvents(); // it is not exposed yet
    }
}

std::vector<double> randomZoomPaints(TimelineWidget &widget, int frames)
{
    std::mt19937 random(7);
    std::uniform_real_distribution<> decades(0, 5);
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) {
        widget.fitAll();
        const double zoom = std::pow(10, decades(random));
        const int reach = int(widget.width() * (1 - 1 / zoom) / 2);
        pan(widget, reach > 0 ? int(random() % quint32(2 * reach)) - reach : 0);
        widget.zoomBy(zoom);
        times.push_back(paint(widget));
    }
    return times;
}

std::vector<double> panningPaints(TimelineWidget &widget, int frames)
{
    std::vector<double> times;
    const std::vector<double> zooms{1.3, 10, 100, 1'000, 10'000};
    for (const double zoom : zooms) {
        widget.fitAll();
        widget.zoomBy(zoom);
        paint(widget);
        for (int i = 0; i < frames / int(zooms.size()); ++i) {
            pan(widget, i % 100 < 50 ? 8 : -8);
            times.push_back(paint(widget));
        }
    }
    return times;
}

std::vector<double> zoomedOutPaints(TimelineWidget &widget, int frames)
{
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) {
        widget.fitAll();
        widget.zoomBy(1 - 0.001 * (i % 7)); // no frame knows the columns of the one before
        times.push_back(paint(widget));
    }
    return times;
}

std::vector<double> followLayouts(RunModel &model, const QSize &size, int frames)
{
    TimelineScene scene(model);
    scene.resize(size, 1);
    scene.fitAll();
    scene.zoom(1.3, 0);
    scene.frame();
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) {
        const Stopwatch watch;
        scene.pan(i % 100 < 50 ? 8 : -8);
        scene.frame();
        times.push_back(watch.milliseconds());
    }
    return times;
}

namespace {

/// A span as tools that scan keep it.
struct PlainSpan
{
    qint64 started;
    qint64 finished;
    quint32 handler;
};

std::vector<std::vector<PlainSpan>> plainLanes(const RunModel &model)
{
    std::vector<std::vector<PlainSpan>> lanes;
    for (const LaneRows &lane : model.spans().lanes()) {
        lanes.emplace_back();
        for (const SpanColumns &columns : lane.rows) {
            const SpanRow row(columns);
            for (size_t i = row.first(); i < row.size(); ++i)
                lanes.back().push_back({row.started(i), row.finished(i), row.handler(i)});
        }
    }
    return lanes;
}

/// The time that all spans take.
TimeAxis wholeAxis(const RunModel &model, int width)
{
    qint64 last = 0;
    for (const LaneRows &lane : model.spans().lanes()) {
        for (const SpanColumns &row : lane.rows)
            last = std::max(last, row.lastFinish());
    }
    return {model.startTime(), double(last - model.startTime()) / width, 0};
}

} // namespace

std::vector<double> fullScans(const RunModel &model, const QSize &size, int frames)
{
    const auto lanes = plainLanes(model);
    const TimeAxis axis = wholeAxis(model, size.width());
    QImage image(size, QImage::Format_RGB32);
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) {
        const Stopwatch watch;
        image.fill(Qt::white);
        QPainter painter(&image);
        int y = 0;
        for (const auto &lane : lanes) {
            int lastX = -1;
            for (const PlainSpan &span : lane) {
                const int left = int(axis.xOf(span.started));
                const int right = int(axis.xOf(span.finished));
                if (right < 0 || left >= size.width() || right == lastX)
                    continue;
                painter.fillRect(left, y, std::max(1, right - left), 18,
                                 QColor::fromHsv(int(span.handler) * 29 % 360, 200, 200));
                lastX = right;
            }
            y += 24;
        }
        painter.end();
        times.push_back(watch.milliseconds());
    }
    return times;
}

std::vector<double> foldedGroups(int lanes, int width, int frames)
{
    RunModel model;
    TimelineLoad(model, lanes).add(quint64(lanes) * 100);
    TimelineTracks tracks;
    tracks.sync(model);
    std::vector<quint32> members(static_cast<size_t>(lanes));
    std::iota(members.begin(), members.end(), 0);
    const TimeAxis whole = wholeAxis(model, width);
    GroupColumns group;
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) {
        TimeAxis axis = whole;
        axis.nsPerPixel /= 1 + i % 4; // all spans, half of them, ...
        const Stopwatch watch;
        group.update(tracks, members, axis, width, tracks.lastTime());
        times.push_back(watch.milliseconds());
    }
    return times;
}

std::vector<double> selectionStatistics(const RunModel &model, int rounds)
{
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const Stopwatch watch;
        std::vector<SpanRow> rows;
        for (const LaneRows &lane : model.spans().lanes()) {
            for (const SpanColumns &row : lane.rows)
                rows.emplace_back(row);
        }
        AreaStatisticsPass pass(rows, 0, std::numeric_limits<qint64>::max() / 4);
        while (pass.advance(200'000)) { }
        if (pass.result().spans.run.count() != pass.result().count)
            return {};
        times.push_back(watch.milliseconds());
    }
    return times;
}

Exactness exactness(const RunModel &model, int width)
{
    Exactness found;
    const TimeAxis axis = wholeAxis(model, width);
    for (const LaneRows &lane : model.spans().lanes()) {
        for (const SpanColumns &columns : lane.rows) {
            const SpanRow row(columns);
            std::vector<double> busy(size_t(width), 0);
            std::vector<bool> fails(size_t(width), false);
            for (size_t i = row.first(); i < row.size(); ++i) {
                const int first = std::clamp(int(axis.xOf(row.started(i))), 0, width - 1);
                const int last = std::clamp(int(axis.xOf(row.finished(i))), first, width - 1);
                for (int x = first; x <= last; ++x)
                    busy[size_t(x)] +=
                        double(std::max<qint64>(0,
                                                std::min(axis.timeAt(x + 1), row.finished(i))
                                                    - std::max(axis.timeAt(x), row.started(i))));
                if (isFailure(row.outcome(i)))
                    fails[size_t(first)] = true;
            }
            RowLayout layout;
            layoutRow(row, axis, width, layout);
            for (const TimeColumn &column : layout.columns) {
                const double exact = busy[size_t(column.x)]
                    / double(axis.timeAt(column.x + 1) - axis.timeAt(column.x));
                found.error = std::max(found.error, std::abs(exact - double(column.busy)) * 255);
                found.hidden += fails[size_t(column.x)] && column.failures == 0 ? 1 : 0;
            }
        }
    }
    return found;
}

} // namespace Fanfare::Bench
