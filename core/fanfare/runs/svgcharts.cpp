// SPDX-License-Identifier: MIT
#include "fanfare/runs/svgcharts.h"

#include "fanfare/runs/durationwords.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Fanfare {

using namespace Qt::StringLiterals;

namespace {

constexpr double width = 960;
constexpr double left = 40; // of the plot, as the three below
constexpr double right = 940;

/// Where a value lies on the horizontal axis of a chart.
class Axis
{
public:
    Axis(double lowest, double highest, bool isLogarithmic, double from = left, double to = right)
        : m_from(from)
        , m_to(to)
        , m_isLogarithmic(isLogarithmic)
        , m_lowest(isLogarithmic ? std::log10(std::max(1.0, lowest)) : lowest)
        , m_highest(isLogarithmic ? std::log10(std::max(1.0, highest)) : highest)
    {
        if (m_highest <= m_lowest)
            m_highest = m_lowest + 1;
    }

    double at(double value) const
    {
        const double place = m_isLogarithmic ? std::log10(std::max(1.0, value)) : value;
        const double share = (place - m_lowest) / (m_highest - m_lowest);
        return m_from + std::clamp(share, 0.0, 1.0) * (m_to - m_from);
    }

    /// Lines at round values, 3 to 10 of them, from \a top to \a bottom.
    QString grid(double top, double bottom) const
    {
        QString svg;
        for (const double value : ticks()) {
            const double x = at(value);
            svg += u"<line class='grid' x1='%1' x2='%1' y1='%2' y2='%3'/>"_s.arg(x, 0, 'f', 1)
                       .arg(top)
                       .arg(bottom);
            svg += u"<text class='label' x='%1' y='%2' text-anchor='middle'>%3</text>"_s
                       .arg(x, 0, 'f', 1)
                       .arg(bottom + 14)
                       .arg(durationWords(value));
        }
        return svg;
    }

private:
    std::vector<double> ticks() const
    {
        std::vector<double> values;
        if (m_isLogarithmic) {
            for (double power = std::ceil(m_lowest); power <= m_highest; ++power)
                values.push_back(std::pow(10, power));
            return values;
        }
        const double raw = (m_highest - m_lowest) / 6;
        const double power = std::pow(10, std::floor(std::log10(raw)));
        const double step = power * (raw / power < 2 ? 2 : raw / power < 5 ? 5 : 10);
        for (double value = std::ceil(m_lowest / step) * step; value <= m_highest; value += step)
            values.push_back(value);
        return values;
    }

    double m_from; // pixels, as the one below
    double m_to;
    bool m_isLogarithmic;
    double m_lowest;
    double m_highest;
};

} // namespace

static QString phaseBar(const QString &side, const std::array<double, phaseCount> &means,
                        const Axis &axis, double y)
{
    static constexpr std::array<QStringView, phaseCount> names{u"queued", u"sent", u"running",
                                                               u"reply"};
    QString svg =
        u"<text class='label' x='%1' y='%2'>%3</text>"_s.arg(left - 24).arg(y + 18).arg(side);
    double from = 0;
    for (size_t i = 0; i < means.size(); ++i) {
        const double x = axis.at(from);
        from += means[i];
        svg += u"<rect class='phase%1' x='%2' y='%3' width='%4' height='26'><title>%5 %6</title>"
               "</rect>"_s.arg(i)
                   .arg(x, 0, 'f', 1)
                   .arg(y)
                   .arg(std::max(0.0, axis.at(from) - x), 0, 'f', 1)
                   .arg(names[i], durationWords(means[i]));
    }
    return svg;
}

QString SvgCharts::waterfall(const PhaseMeans &means, FirstPhase first)
{
    if (first == FirstPhase::Sent) {
        PhaseMeans rest = means;
        rest.a[0] = 0;
        rest.b[0] = 0;
        return waterfall(rest, FirstPhase::Queued);
    }
    const auto sum = [](const std::array<double, phaseCount> &side) {
        return std::accumulate(side.begin(), side.end(), 0.0);
    };
    const Axis axis(0, std::max({1.0, sum(means.a), sum(means.b)}), false);
    return u"<svg viewBox='0 0 %1 100' role='img' aria-label='mean time of a task by phase'>"_s.arg(
               width)
        + axis.grid(4, 78) + phaseBar(u"A"_s, means.a, axis, 10)
        + phaseBar(u"B"_s, means.b, axis, 44) + u"</svg>"_s;
}

static QString curve(const Sample &sample, const Axis &axis, const QString &name)
{
    constexpr int points = 400;
    constexpr double top = 10;
    constexpr double bottom = 180;
    QString path;
    for (int i = 0; i <= points; ++i) {
        const double share = double(i) / points;
        path += u"%1%2 %3"_s.arg(QChar(i == 0 ? u'M' : u'L'))
                    .arg(axis.at(double(sample.quantile(share))), 0, 'f', 1)
                    .arg(bottom - share * (bottom - top), 0, 'f', 1);
    }
    return u"<path class='%1' d='%2'/>"_s.arg(name, path);
}

QString SvgCharts::timeAxis(qint64 length, double from)
{
    const Axis axis(0, double(length), false, from, width);
    return u"<svg viewBox='0 0 %1 22' role='img' aria-label='time'>%2</svg>"_s.arg(width).arg(
        axis.grid(0, 5));
}

/// "0 %", "50 %" and "100 %" beside lines across.
static QString shares(double top, double bottom)
{
    QString svg;
    for (const int percent : {0, 50, 100}) {
        const double y = bottom - percent / 100.0 * (bottom - top);
        svg +=
            u"<line class='grid' x1='%1' x2='%2' y1='%3' y2='%3'/>"_s.arg(left).arg(right).arg(y);
        svg += u"<text class='label' x='%1' y='%2' text-anchor='end'>%3 %</text>"_s.arg(left - 5)
                   .arg(y + 4)
                   .arg(percent);
    }
    return svg;
}

QString SvgCharts::distribution(const Sample &a, const Sample &b)
{
    if (a.isEmpty() || b.isEmpty())
        return {};
    const bool isLogarithmic = a.isSkewed() || b.isSkewed();
    const auto lowest = isLogarithmic ? double(std::min(a.minimum(), b.minimum())) : 0.0;
    // The last thousandth would press all else to the side.
    const auto highest = double(std::max(a.quantile(0.999), b.quantile(0.999)));
    const Axis axis(lowest, highest, isLogarithmic);
    return u"<svg viewBox='0 0 %1 200' role='img' aria-label='distribution of times'>"_s.arg(width)
        + shares(10, 180) + axis.grid(10, 180) + curve(a, axis, u"a"_s) + curve(b, axis, u"b"_s)
        + u"</svg>"_s;
}

} // namespace Fanfare
