// SPDX-License-Identifier: MIT
#include "desktop/timeline/loadlayout.h"

#include <algorithm>

namespace Fanfare {

/// Adds \a count tasks that were there from \a from to \a to.
static void addOpen(std::vector<float> &columns, const TimeAxis &axis, qint64 from, qint64 to,
                    double count)
{
    const auto width = static_cast<double>(columns.size());
    const double left = std::clamp(axis.xOf(from), 0.0, width);
    const double right = std::clamp(axis.xOf(to), 0.0, width);
    for (double x = std::floor(left); x < right; ++x) {
        const double inside = std::min(right, x + 1) - std::max(left, x);
        columns[static_cast<size_t>(x)] += static_cast<float>(count * inside);
    }
}

static void addOpenTasks(const TimelineTracks &tracks, const TimeAxis &axis, qint64 now,
                         LoadColumns &columns)
{
    for (const OpenSpan &open : tracks.open()) {
        addOpen(tracks.isLoop(open.lane) ? columns.looping : columns.running, axis,
                open.task.started, now, 1);
        addOpen(columns.waiting, axis, open.task.queued, open.task.started, 1);
    }
    const std::vector<OpenSpan> &queued = tracks.queued();
    for (const OpenSpan &open : queued)
        addOpen(columns.waiting, axis, open.task.queued, now, 1);
    // Of a long queue only the oldest are known; the others came after them.
    if (!queued.empty() && tracks.queuedCount() > queued.size())
        addOpen(columns.waiting, axis, queued.back().task.queued, now,
                static_cast<double>(tracks.queuedCount() - queued.size()));
}

void layoutLoad(const TimelineTracks &tracks, const TimeAxis &axis, int width, qint64 now,
                LoadColumns &columns)
{
    const std::vector<LoadSum> sums = tracks.load().columns(axis, width);
    for (std::vector<float> *values : {&columns.running, &columns.looping, &columns.waiting})
        values->assign(sums.size(), 0);
    columns.failures.assign(sums.size(), 0);
    const auto atOnce = [&](double time) { return static_cast<float>(time / axis.nsPerPixel); };
    for (size_t x = 0; x < sums.size(); ++x) {
        columns.running[x] = atOnce(sums[x].running);
        columns.looping[x] = atOnce(sums[x].looping);
        columns.waiting[x] = atOnce(sums[x].waiting);
        columns.failures[x] = static_cast<quint32>(sums[x].failures);
    }
    addOpenTasks(tracks, axis, now, columns);
    columns.mostTasks = columns.mostWaiting = 0;
    for (size_t x = 0; x < sums.size(); ++x) {
        columns.mostTasks = std::max(columns.mostTasks, columns.running[x] + columns.looping[x]);
        columns.mostWaiting = std::max(columns.mostWaiting, columns.waiting[x]);
    }
}

/// Nobody sees the whole run change more often than that.
static bool isRecent(const Minimap &minimap, const TimelineTracks &tracks, qint64 now)
{
    constexpr qint64 tenthOfSecond = 100'000'000;
    return tracks.isLive() && minimap.axis.origin == tracks.firstTime() && now >= minimap.now
        && now - minimap.now < std::min(tenthOfSecond, (now - tracks.firstTime()) / 64);
}

void layoutMinimap(const TimelineTracks &tracks, const TimeAxis &view, int width, double ratio,
                   qint64 now, Minimap &minimap)
{
    const qint64 first = tracks.firstTime();
    const auto length = static_cast<double>(std::max<qint64>(now - first, 1));
    const TimeAxis axis{first, length / std::max(1, width), 0};
    const auto deviceWidth = static_cast<int>(std::ceil(width * ratio));
    const bool isSame = !tracks.isLive() && minimap.spans == tracks.spanCount()
        && minimap.axis.origin == axis.origin && minimap.axis.nsPerPixel == axis.nsPerPixel;
    const bool isKnown = (isSame || isRecent(minimap, tracks, now))
        && minimap.columns.size() == static_cast<size_t>(deviceWidth);
    if (!isKnown) {
        minimap.axis = axis;
        minimap.spans = tracks.spanCount();
        minimap.now = now;
        layoutLoad(tracks, minimap.axis.scaled(ratio), deviceWidth, now, minimap.columns);
    }
    minimap.left = minimap.axis.xOf(view.timeAt(0));
    minimap.right = minimap.axis.xOf(view.timeAt(width));
}

} // namespace Fanfare
