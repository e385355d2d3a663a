// SPDX-License-Identifier: MIT
#include "emissionrate.h"

namespace Fanfare {

static constexpr qint64 second = 1'000'000'000;
static constexpr qint64 pause = second / 2;

void EmissionRate::sample(qint64 time, quint64 emissions)
{
    if (!m_samples.empty() && emissions < m_samples.back().emissions)
        *this = EmissionRate();
    if (!m_samples.empty() && emissions > m_samples.back().emissions) {
        if (m_grown == 0 || time - m_grown > pause) {
            m_since = time; // when they were made between two samples nobody knows
            m_samples.clear();
        }
        m_grown = time;
    }
    m_samples.push_back({time, emissions});
    while (m_samples.size() > 2 && time - m_samples[1].time >= second)
        m_samples.pop_front();
}

std::optional<double> EmissionRate::perSecond() const
{
    if (m_grown == 0)
        return std::nullopt;
    const Sample &first = m_samples.front();
    const Sample &last = m_samples.back();
    if (last.time - m_since < second || last.time - m_grown > pause)
        return std::nullopt;
    return double(last.emissions - first.emissions) * double(second)
        / double(last.time - first.time);
}

} // namespace Fanfare
