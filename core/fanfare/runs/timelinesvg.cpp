// SPDX-License-Identifier: MIT
#include "fanfare/runs/timelinesvg.h"

#include "fanfare/runs/durationwords.h"
#include "fanfare/runs/runreader.h"
#include "fanfare/runs/summary.h"

#include <algorithm>
#include <map>
#include <vector>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t columns = 900;
constexpr double laneHeight = 22;
constexpr size_t maximumLanes = 64;

struct Lane
{
    QString name;
    std::vector<double> busy = std::vector<double>(columns); // nanoseconds
    std::vector<bool> failed = std::vector<bool>(columns);
    bool isUsed = false;
};

/// Folds spans into the columns of an axis.
class Canvas
{
public:
    Canvas(qint64 begin, qint64 length)
        : m_begin(begin)
        , m_column(std::max(1.0, double(length) / columns))
    {
    }

    void name(const LaneInfo &lane) { m_lanes[lane.id].name = lane.name; }

    void add(const SpanRecord &span)
    {
        if (!hasStarted(span))
            return;
        Lane &lane = m_lanes[span.lane];
        lane.isUsed = true;
        const double from = double(span.started - m_begin);
        const double to = double(span.finished - m_begin);
        const size_t first = columnOf(from);
        const size_t last = columnOf(to);
        for (size_t i = first; i <= last; ++i) {
            const double start = std::max(from, double(i) * m_column);
            const double end = std::min(to, double(i + 1) * m_column);
            lane.busy[i] += std::max(0.0, end - start);
        }
        if (span.outcome != Outcome::Succeeded)
            lane.failed[last] = true;
    }

    QString draw() const
    {
        QString svg;
        double y = 0;
        for (const auto &[id, lane] : m_lanes) {
            if (!lane.isUsed || y >= laneHeight * maximumLanes)
                continue;
            svg += u"<text class='label' x='0' y='%1'>%2</text>"_s.arg(y + 15).arg(
                lane.name.toHtmlEscaped());
            svg += drawColumns(lane, y);
            y += laneHeight;
        }
        return u"<svg viewBox='0 0 960 %1' role='img' aria-label='timeline'>%2</svg>"_s.arg(y + 2)
            .arg(svg);
    }

private:
    size_t columnOf(double time) const
    {
        return size_t(std::clamp(time / m_column, 0.0, double(columns - 1)));
    }

    /// 0 to 16: how opaque a column is. Equal neighbors become one rectangle.
    int level(const Lane &lane, size_t column) const
    {
        const double share = std::min(1.0, lane.busy[column] / m_column);
        return share > 0 ? std::max(1, int(share * 16 + 0.5)) : 0;
    }

    QString drawColumns(const Lane &lane, double y) const
    {
        QString svg;
        size_t from = 0;
        for (size_t i = 1; i <= columns; ++i) {
            if (i < columns && level(lane, i) == level(lane, from))
                continue;
            if (const int opacity = level(lane, from)) {
                svg += u"<rect class='busy' x='%1' y='%2' width='%3' height='16' "
                       "fill-opacity='%4'/>"_s.arg(TimelineSvg::left + double(from))
                           .arg(y + 3)
                           .arg(i - from)
                           .arg(opacity / 16.0, 0, 'f', 2);
            }
            from = i;
        }
        for (size_t i = 0; i < columns; ++i) {
            if (lane.failed[i])
                svg += u"<rect class='failed' x='%1' y='%2' width='2' height='5'/>"_s
                           .arg(TimelineSvg::left + double(i))
                           .arg(y + 14);
        }
        return svg;
    }

    qint64 m_begin;
    double m_column; // nanoseconds
    std::map<LaneId, Lane> m_lanes;
};

struct Range
{
    qint64 first = 0;
    qint64 last = 0;
    bool isEmpty = true;
};

} // namespace

static Range rangeOf(RunReader &reader)
{
    Range range;
    TraceBatch batch;
    while (reader.read(batch)) {
        for (const SpanRecord &span : batch.spans) {
            range.first = range.isEmpty ? span.queued : std::min(range.first, span.queued);
            range.last = range.isEmpty ? span.finished : std::max(range.last, span.finished);
            range.isEmpty = false;
        }
        batch = {};
    }
    return range;
}

std::optional<TimelineSvg> timelineSvg(const QString &path, qint64 axis)
{
    Result<RunReader> first = RunReader::open(path);
    if (!first)
        return {};
    first->setWords(TraceWords::Crashes);
    const Range range = rangeOf(*first);
    Result<RunReader> reader = RunReader::open(path);
    if (range.isEmpty || !reader)
        return {};
    reader->setWords(TraceWords::Crashes);
    const qint64 wall = range.last - range.first;
    Canvas canvas(range.first, axis > 0 ? axis : wall);
    TraceBatch batch;
    while (reader->read(batch)) {
        for (const LaneInfo &lane : batch.lanes)
            canvas.name(lane);
        for (const SpanRecord &span : batch.spans)
            canvas.add(span);
        batch = {};
    }
    return TimelineSvg{canvas.draw(), wall};
}

} // namespace Fanfare
