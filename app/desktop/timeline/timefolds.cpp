// SPDX-License-Identifier: MIT
#include "desktop/timeline/timefolds.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

TimeFolds::TimeFolds(std::vector<TimeFold> folds, qint64 base)
    : m_folds(std::move(folds))
    , m_base(base)
{
    qint64 removed = 0;
    for (const TimeFold &fold : m_folds) {
        m_places.push_back(fold.from - base - removed);
        removed += fold.to - fold.from - fold.shown;
    }
    const qint64 atBase = std::llround(placeOf(base));
    for (qint64 &place : m_places)
        place -= atBase;
    m_base += atBase;
}

double TimeFolds::placeOf(qint64 time) const
{
    const auto after = std::ranges::upper_bound(m_folds, time, {}, &TimeFold::from);
    if (after == m_folds.begin())
        return static_cast<double>(time - m_base);
    const auto index = static_cast<size_t>(after - m_folds.begin()) - 1;
    const TimeFold &fold = m_folds[index];
    const qint64 place = m_places[index];
    if (time >= fold.to)
        return static_cast<double>(place + fold.shown + (time - fold.to));
    const double share =
        static_cast<double>(time - fold.from) / static_cast<double>(fold.to - fold.from);
    return static_cast<double>(place) + share * static_cast<double>(fold.shown);
}

qint64 TimeFolds::timeAt(double place) const
{
    const auto after =
        std::upper_bound(m_places.begin(), m_places.end(), place, [](double wanted, qint64 begin) {
            return wanted < static_cast<double>(begin);
        });
    if (after == m_places.begin())
        return m_base + std::llround(place);
    const auto index = static_cast<size_t>(after - m_places.begin()) - 1;
    const TimeFold &fold = m_folds[index];
    const double inside = place - static_cast<double>(m_places[index]);
    const auto shown = static_cast<double>(fold.shown);
    if (inside >= shown)
        return fold.to + std::llround(inside - shown);
    return fold.from + std::llround(inside / shown * static_cast<double>(fold.to - fold.from));
}

const TimeFold *TimeFolds::foldAt(qint64 time) const
{
    const auto after = std::ranges::upper_bound(m_folds, time, {}, &TimeFold::from);
    if (after == m_folds.begin() || time >= std::prev(after)->to)
        return nullptr;
    return &*std::prev(after);
}

} // namespace Fanfare
