// SPDX-License-Identifier: MIT
#include "chartaxis.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

ChartAxis::ChartAxis(double from, double to, double begin, double end, Scale scale)
    : m_from(from)
    , m_to(to > from                         ? to
               : scale == Scale::Logarithmic ? from * 10
                                             : from + 1)
    , m_begin(begin)
    , m_end(end)
    , m_scale(scale)
{
    Q_ASSERT_X(scale == Scale::Linear || from > 0, "ChartAxis", "a logarithm of nothing");
}

double ChartAxis::positionOf(double value) const
{
    const double share = m_scale == Scale::Linear
        ? (value - m_from) / (m_to - m_from)
        : std::log(std::max(value, m_from * 1e-9) / m_from) / std::log(m_to / m_from);
    return m_begin + share * (m_end - m_begin);
}

double ChartAxis::valueAt(double position) const
{
    const double share = (position - m_begin) / (m_end - m_begin);
    return m_scale == Scale::Linear ? m_from + share * (m_to - m_from)
                                    : m_from * std::pow(m_to / m_from, share);
}

/// The smallest of 1, 2, 5, 10 ... that is at least \a least.
static double roundStep(double least)
{
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= least * (1 - 1e-9))
            return power * factor;
    }
    return power * 10;
}

static std::vector<double> powersOfTen(double from, double to, int most)
{
    const int first = int(std::ceil(std::log10(from) - 1e-9));
    const int last = int(std::floor(std::log10(to) + 1e-9));
    const int step = std::max(1, (last - first) / std::max(1, most - 1) + ((last - first) >= most));
    std::vector<double> ticks;
    for (int power = first; power <= last; power += step)
        ticks.push_back(std::pow(10, power));
    return ticks;
}

std::vector<double> ChartAxis::ticks(int most) const
{
    if (m_scale == Scale::Logarithmic && m_to / m_from >= 100)
        return powersOfTen(m_from, m_to, most);
    const double step = roundStep((m_to - m_from) / std::max(1, most));
    std::vector<double> ticks;
    for (double k = std::ceil(m_from / step - 1e-9); k * step <= m_to * (1 + 1e-12); ++k)
        ticks.push_back(k * step);
    if (int(ticks.size()) > most)
        ticks.resize(size_t(most));
    return ticks;
}

} // namespace Fanfare
