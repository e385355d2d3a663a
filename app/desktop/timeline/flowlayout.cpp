// SPDX-License-Identifier: MIT
#include "desktop/timeline/flowlayout.h"

#include "desktop/panes/durationtext.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace Fanfare {

namespace {

constexpr size_t mostArrows = 100;
constexpr size_t mostTasks = 2'000; // looked for in one frame; an emission may have 10,000

class FlowText
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::FlowText)

public:
    static QString of(const FlowStub &stub)
    {
        const auto count = qulonglong(stub.count);
        switch (stub.edge) {
        case FlowStub::Edge::Above:
            return tr("\u2191 %L1 more above").arg(count);
        case FlowStub::Edge::Below:
            return tr("\u2193 %L1 more below").arg(count);
        case FlowStub::Edge::Left:
            return tr("\u2190 %L1 more, %2 earlier").arg(count).arg(durationText(stub.distance));
        case FlowStub::Edge::Right:
            return tr("\u2192 %L1 more, %2 later").arg(count).arg(durationText(stub.distance));
        }
        return QString();
    }
};

/// The edge beyond which \a rect lies, if it does.
std::optional<FlowStub::Edge> edgeOf(const QRectF &rect, const QRectF &view)
{
    if (rect.right() < view.left())
        return FlowStub::Edge::Left;
    if (rect.left() > view.right())
        return FlowStub::Edge::Right;
    if (rect.bottom() < view.top())
        return FlowStub::Edge::Above;
    if (rect.top() > view.bottom())
        return FlowStub::Edge::Below;
    return std::nullopt;
}

/// How far \a place is from the view, to find the nearest of those that are not in it.
double farness(const QRectF &rect, const QRectF &view)
{
    return std::max({0.0, view.left() - rect.right(), rect.left() - view.right()})
        + std::max({0.0, view.top() - rect.bottom(), rect.top() - view.bottom()});
}

qint64 timeBeyond(const TimelineFrame &frame, const TaskPlace &place, FlowStub::Edge edge)
{
    if (edge == FlowStub::Edge::Left)
        return frame.axis.begin() - place.finished;
    if (edge == FlowStub::Edge::Right)
        return place.started - frame.axis.timeAt(frame.areas.plot.width());
    return 0;
}

QRectF stubRect(const QRectF &view, FlowStub::Edge edge, double x, double width, double height)
{
    constexpr double margin = 6;
    const double inside = std::clamp(x - width / 2, view.left() + margin,
                                     std::max(view.left() + margin, view.right() - width - margin));
    switch (edge) {
    case FlowStub::Edge::Above:
        return QRectF(inside, view.top() + margin, width, height);
    case FlowStub::Edge::Below:
        return QRectF(inside, view.bottom() - height - margin, width, height);
    case FlowStub::Edge::Left:
        return QRectF(view.left() + margin, view.center().y() - height / 2, width, height);
    case FlowStub::Edge::Right:
        break;
    }
    return QRectF(view.right() - width - margin, view.center().y() - height / 2, width, height);
}

/// Of a task in a hidden lane: below the view, where its stub tells of it.
QRectF rectOf(const TimelineFrame &frame, const LaneLayout &lanes, const TaskPlace &place)
{
    if (lanes.placeOf(place.lane) || lanes.foldedGroupOf(place.lane))
        return placeRect(frame, lanes, place);
    return QRectF(frame.areas.lanes.x(), frame.areas.lanes.bottom() + 100, 1, 1);
}

qint64 emittedAt(const TimelineTracks &tracks, const RunModel &model,
                 const std::vector<TaskId> &tasks)
{
    qint64 first = 0;
    for (const TaskId &task : tasks) {
        const auto place = tracks.placeOf(model, task);
        const qint64 queued = place ? tracks.at(*place).queued : 0;
        if (queued > 0 && (first == 0 || queued < first))
            first = queued;
    }
    for (const std::vector<OpenSpan> *open : {&tracks.open(), &tracks.queued()}) {
        for (const OpenSpan &span : *open) {
            if (!tasks.empty() && span.task.task.emission == tasks.front().emission
                && (first == 0 || span.task.queued < first))
                first = span.task.queued;
        }
    }
    return first;
}

} // namespace

FlowLayout layoutFlow(const TimelineFrame &frame, const LaneLayout &lanes,
                      const TimelineTracks &tracks, const RunModel &model, EmissionId emission,
                      const std::function<int(const QString &)> &textWidth,
                      std::optional<TaskId> task)
{
    FlowLayout layout;
    std::vector<TaskId> tasks = model.tasksOf(emission);
    tasks.resize(std::min(tasks.size(), mostTasks));
    const qint64 emitted = emittedAt(tracks, model, tasks);
    if (task)
        tasks.assign(1, *task);
    if (emitted == 0)
        return layout;
    const double far = 2.0 * frame.areas.plot.width();
    const QPointF from(
        frame.areas.plot.x()
            + std::clamp(frame.axis.xOf(emitted), -far, frame.areas.plot.width() + far),
        frame.areas.emissions.center().y() + 5);
    const QRectF view(frame.areas.lanes);
    std::array<FlowStub, 4> stubs;
    std::array<double, 4> nearest;
    nearest.fill(std::numeric_limits<double>::max());
    for (const TaskId &target : tasks) {
        const auto place = taskPlace(tracks, model, target, frame.now);
        if (!place)
            continue;
        const QRectF rect = rectOf(frame, lanes, *place);
        const auto edge = edgeOf(rect, view);
        if (!edge && layout.arrows.size() < mostArrows)
            layout.arrows.push_back(
                {from, QPointF(std::max(rect.left(), view.left()), rect.center().y())});
        else if (!edge)
            ++layout.notDrawn;
        if (!edge)
            continue;
        const auto index = static_cast<size_t>(*edge);
        FlowStub &stub = stubs[index];
        stub.edge = *edge;
        ++stub.count;
        if (farness(rect, view) >= nearest[index])
            continue;
        nearest[index] = farness(rect, view);
        stub.nearest = target;
        stub.distance = timeBeyond(frame, *place, *edge);
    }
    for (FlowStub &stub : stubs) {
        if (stub.count == 0)
            continue;
        stub.text = FlowText::of(stub);
        stub.rect =
            stubRect(view, stub.edge, from.x(), textWidth(stub.text) + 16, frame.scale.of(22));
        layout.stubs.push_back(stub);
    }
    return layout;
}

} // namespace Fanfare
