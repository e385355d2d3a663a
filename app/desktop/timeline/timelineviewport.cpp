// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelineviewport.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

void TimelineViewport::setWidth(int pixels)
{
    m_width = std::max(1, pixels);
    m_length = limitedLength(m_length);
}

void TimelineViewport::setBounds(qint64 first, qint64 now)
{
    m_first = first;
    m_now = now;
    if (!m_isFollowing)
        return;
    // A run that does not fill the view yet starts at its left edge: no empty half.
    constexpr double margin = 0.02;
    m_begin = std::max(m_now - static_cast<qint64>(m_length),
                       m_first - static_cast<qint64>(margin * m_length));
}

void TimelineViewport::setFollowing(bool following)
{
    m_isFollowing = following;
    setBounds(m_first, m_now);
}

double TimelineViewport::limitedLength(double length) const
{
    constexpr double twoMinutes = 120e9;
    const double longest = std::max(twoMinutes, 2.0 * static_cast<double>(m_now - m_first));
    return std::clamp(length, minimumNsPerPixel * m_width,
                      std::max(longest, minimumNsPerPixel * m_width));
}

void TimelineViewport::limitBegin()
{
    // A tenth of the view stays on the run, so that nobody gets lost.
    const qint64 tenth = static_cast<qint64>(m_length) / 10;
    const qint64 earliest = m_first - 9 * tenth;
    m_begin = std::clamp(m_begin, earliest, std::max(earliest, m_now - tenth));
}

void TimelineViewport::zoom(double factor, double x)
{
    if (!(factor > 0) || !std::isfinite(factor) || !std::isfinite(x))
        return; // pads and scripts send anything
    const qint64 fixed = m_isFollowing ? end() : axis().timeAt(x);
    const double place = m_isFollowing ? 1.0 : x / m_width;
    m_length = limitedLength(m_length / factor);
    m_begin = fixed - std::llround(place * m_length);
    setBounds(m_first, m_now);
}

void TimelineViewport::pan(double pixels)
{
    m_isFollowing = false;
    m_begin += std::llround(pixels * axis().nsPerPixel);
    limitBegin();
}

void TimelineViewport::fit(qint64 begin, qint64 end)
{
    constexpr double margin = 0.03; // of the view, on both sides
    m_isFollowing = false;
    const auto length = static_cast<double>(std::max<qint64>(end - begin, 1));
    m_length = limitedLength(length / (1 - 2 * margin));
    m_begin = begin - std::llround((m_length - length) / 2);
}

void TimelineViewport::show(qint64 begin, double length)
{
    m_isFollowing = false;
    m_length = limitedLength(length);
    m_begin = begin;
    limitBegin();
}

void TimelineViewport::reveal(qint64 begin, qint64 end)
{
    constexpr double margin = 0.1;
    m_isFollowing = false;
    const auto space = static_cast<qint64>(margin * m_length);
    if (end > m_begin + static_cast<qint64>(m_length) - space)
        m_begin = end + space - static_cast<qint64>(m_length);
    if (begin < m_begin + space)
        m_begin = begin - space; // of a span longer than the view its start
}

} // namespace Fanfare
