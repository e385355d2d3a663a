// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/runmodel.h"

#include <QSize>
#include <QString>

#include <limits>
#include <optional>
#include <vector>

namespace Fanfare {
class TimelineWidget;
}

namespace Fanfare::Bench {

class TimelineLoad;

/// Measures time: what has passed, or what this thread has worked. The latter means something on a
/// machine that others use, too, and leaves out what Qt does on threads of its own.
class Stopwatch
{
public:
    static bool takesCpuTime;

    Stopwatch();
    double milliseconds() const;

private:
    qint64 m_start;
};

/// One thing that was measured.
struct Figure
{
    QString name;
    QString unit;
    std::vector<double> values;                               ///< one or many
    double target = std::numeric_limits<double>::quiet_NaN(); ///< of the median or what \c of says
    enum class Of { Median, P95, Max } of = Of::Median;
    bool isAtLeast = false; ///< the target is the least, not the most

    double quantile(double fraction) const; ///< 0..1
    double judged() const;
    bool isMet() const; ///< true without a target
};

/// Whole paint events of a shown widget, milliseconds: zooms of five decades at random places.
std::vector<double> randomZoomPaints(TimelineWidget &widget, int frames);

/// The same while the view moves by eight pixels a frame, at several zooms.
std::vector<double> panningPaints(TimelineWidget &widget, int frames);

/// The widget at full zoom-out.
std::vector<double> zoomedOutPaints(TimelineWidget &widget, int frames);

/// The layout alone when the view follows and eight columns come into it, milliseconds.
std::vector<double> followLayouts(RunModel &model, const QSize &size, int frames);

/// What others do at full zoom-out, milliseconds: look at every span of the view, draw a rectangle
/// for each that has a pixel which the former does not have.
std::vector<double> fullScans(const RunModel &model, const QSize &size, int frames);

/// The columns of a folded group of \a lanes with 100 spans each, milliseconds; another zoom each
/// time.
std::vector<double> foldedGroups(int lanes, int width, int frames);

/// Statistics of all spans, milliseconds.
std::vector<double> selectionStatistics(const RunModel &model, int rounds);

/// The largest error of columns against a count of every span, as a fraction of 255ths, and
/// whether every failure is seen in its column.
struct Exactness
{
    double error = 0;
    quint64 hidden = 0; ///< columns with failures that do not show any
};
Exactness exactness(const RunModel &model, int width);

/// A running engine: \a spansPerSecond for some seconds.
struct LiveFigures
{
    double framesPerSecond = 0;
    double spansPerSecond = 0;          ///< that really came
    std::vector<double> paints;         ///< milliseconds
    std::vector<double> inputToPicture; ///< milliseconds
};
LiveFigures live(double spansPerSecond, double seconds, const QSize &size, int lanes);

} // namespace Fanfare::Bench
