// SPDX-License-Identifier: MIT
#include "chartvalues.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

double Histogram::highest() const
{
    double highest = 0;
    for (const std::vector<double> *shares : {&a, &b}) {
        for (const double share : *shares)
            highest = std::max(highest, share);
    }
    return highest;
}

void Histogram::scaleBy(double ofA, double ofB)
{
    for (double &share : a)
        share *= ofA;
    for (double &share : b)
        share *= ofB;
}

static std::vector<double> edgesOf(double from, double to, int bins, ChartAxis::Scale scale)
{
    const ChartAxis axis(from, to, 0, bins, scale);
    std::vector<double> edges;
    for (int i = 0; i <= bins; ++i)
        edges.push_back(axis.valueAt(i));
    return edges;
}

/// The last interval includes its upper edge, so that no value is left out.
static std::vector<double> sharesOf(const Sample &sample, const std::vector<double> &edges)
{
    std::vector<double> shares;
    double below = 0;
    for (size_t i = 1; i < edges.size(); ++i) {
        const bool isLast = i + 1 == edges.size();
        const double upTo = isLast ? 1 : sample.shareUpTo(qint64(std::ceil(edges[i])) - 1);
        shares.push_back(std::max(0.0, upTo - below));
        below = std::max(below, upTo);
    }
    return shares;
}

Histogram histogramOf(const Sample &a, const Sample &b, int bins, bool fromZero)
{
    Histogram histogram;
    if (a.isEmpty() || b.isEmpty() || bins < 1)
        return histogram;
    const qint64 lowest = std::min(a.minimum(), b.minimum());
    const auto highest = double(std::max(a.maximum(), b.maximum()));
    const bool isSkewed = (a.isSkewed() || b.isSkewed()) && lowest > 0;
    histogram.scale = isSkewed ? ChartAxis::Scale::Logarithmic : ChartAxis::Scale::Linear;
    histogram.edges =
        edgesOf(isSkewed || !fromZero ? double(lowest) : 0, highest, bins, histogram.scale);
    histogram.a = sharesOf(a, histogram.edges);
    histogram.b = sharesOf(b, histogram.edges);
    return histogram;
}

std::vector<double> quantileDifferences(const Sample &a, const Sample &b)
{
    std::vector<double> differences;
    if (a.isEmpty() || b.isEmpty())
        return differences;
    for (int percent = 1; percent < 100; ++percent) {
        const double p = percent / 100.0;
        differences.push_back(double(b.quantile(p) - a.quantile(p)));
    }
    return differences;
}

CpuTimes cpuTimesOf(const RunSamples &run)
{
    CpuTimes times;
    for (const HandlerSamples &handler : run.handlers) {
        times.cpu += handler.cpu;
        times.run += handler.cpuRun;
    }
    return times;
}

} // namespace Fanfare
