// SPDX-License-Identifier: MIT
#include "desktop/timeline/timelineviewport.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

void TimelineViewport::setWidth(int pixels)
{
    m_width = std::max(1, pixels);
    m_length = limitedLength(m_length);
    place(m_begin, 0);
}

void TimelineViewport::setBounds(qint64 first, qint64 now)
{
    m_first = first;
    m_now = now;
    if (m_isFollowing)
        follow();
    else
        place(m_begin, 0); // new tasks may have ended an idle time, or begun one
}

void TimelineViewport::setGaps(const IdleGaps *gaps, double x)
{
    const qint64 time = axis().timeAt(x);
    m_gaps = gaps;
    place(time, x);
    if (m_isFollowing)
        follow();
}

void TimelineViewport::setFollowing(bool following)
{
    m_isFollowing = following;
    setBounds(m_first, m_now);
}

/// To the end of the run. One that does not fill the view yet starts at its left edge: no empty
/// half.
void TimelineViewport::follow()
{
    constexpr double margin = 0.02;
    const qint64 earliest = m_first - static_cast<qint64>(margin * m_length);
    place(m_now, m_width);
    if (m_begin < earliest)
        place(earliest, 0);
}

std::shared_ptr<const TimeFolds> TimelineViewport::foldsAround(qint64 time, double x,
                                                               double nsPerPixel) const
{
    constexpr double share = 0.05; // of the view; what a fold takes is less
    constexpr double narrowest = 60;
    if (!m_gaps)
        return nullptr;
    const FoldLook look{nsPerPixel, std::max(narrowest, share * m_width), x + 0.5 * m_width,
                        1.5 * m_width - x};
    return m_gaps->foldsAround(time, look);
}

/// Moves the view so that \a time is at \a x.
void TimelineViewport::place(qint64 time, double x)
{
    const double nsPerPixel = m_length / m_width;
    m_folds = foldsAround(time, x, nsPerPixel);
    m_begin = TimeAxis{time, nsPerPixel, 0, m_folds}.timeAt(-x);
}

double TimelineViewport::limitedLength(double length) const
{
    constexpr double twoMinutes = 120e9;
    const double longest = std::max(twoMinutes, 2.0 * static_cast<double>(m_now - m_first));
    return std::clamp(length, minimumNsPerPixel * m_width,
                      std::max(longest, minimumNsPerPixel * m_width));
}

/// Of the view that shows \a begin at its left and \a end at its right edge. The shorter a view,
/// the more folds it has: narrowed down from a view without any.
double TimelineViewport::lengthOf(qint64 begin, qint64 end) const
{
    constexpr int mostSteps = 16;
    auto length = static_cast<double>(end - begin);
    for (int step = 0; step < mostSteps && m_gaps; ++step) {
        const double nsPerPixel = limitedLength(length) / m_width;
        const TimeAxis axis{begin, nsPerPixel, 0, foldsAround(begin, 0, nsPerPixel)};
        const double shorter = std::min(length, axis.xOf(end) * nsPerPixel);
        if (length - shorter < nsPerPixel)
            break;
        length = shorter;
    }
    return limitedLength(length);
}

void TimelineViewport::limitBegin()
{
    // A tenth of the view stays on the run, so that nobody gets lost.
    const qint64 tenth = static_cast<qint64>(m_length) / 10;
    const qint64 earliest = m_first - 9 * tenth;
    const qint64 begin = std::clamp(m_begin, earliest, std::max(earliest, m_now - tenth));
    if (begin != m_begin)
        place(begin, 0);
}

void TimelineViewport::zoom(double factor, double x)
{
    if (!(factor > 0) || !std::isfinite(factor) || !std::isfinite(x))
        return; // pads and scripts send anything
    const double fixed = m_isFollowing ? m_width : x;
    const qint64 time = axis().timeAt(fixed);
    m_length = limitedLength(m_length / factor);
    place(time, fixed);
    if (m_isFollowing)
        follow();
}

void TimelineViewport::pan(double pixels)
{
    m_isFollowing = false;
    place(axis().timeAt(pixels), 0);
    limitBegin();
}

void TimelineViewport::fit(qint64 begin, qint64 end)
{
    constexpr double margin = 0.03; // of the view, on both sides
    m_isFollowing = false;
    const double length = lengthOf(begin, std::max(end, begin + 1));
    m_length = limitedLength(length / (1 - 2 * margin));
    const double shown =
        TimeAxis{begin, m_length / m_width, 0, foldsAround(begin, 0, m_length / m_width)}.xOf(end);
    place(begin, (m_width - shown) / 2);
}

void TimelineViewport::show(qint64 begin, double length)
{
    m_isFollowing = false;
    m_length = limitedLength(length);
    place(begin, 0);
    limitBegin();
}

void TimelineViewport::showRange(qint64 begin, qint64 end)
{
    show(begin, lengthOf(begin, end));
}

void TimelineViewport::center(qint64 time)
{
    m_isFollowing = false;
    place(time, m_width / 2.0);
    limitBegin();
}

void TimelineViewport::reveal(qint64 begin, qint64 end)
{
    constexpr double margin = 0.1;
    m_isFollowing = false;
    const double space = margin * m_width;
    if (axis().xOf(end) > m_width - space)
        place(end, m_width - space);
    if (axis().xOf(begin) < space)
        place(begin, space); // of a span longer than the view its start
}

} // namespace Fanfare
