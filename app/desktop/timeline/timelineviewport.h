// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/idlegaps.h"
#include "desktop/timeline/timeaxis.h"

namespace Fanfare {

/// Which part of the run is in view, and whether it follows the end of the run. The view moves by
/// the user or by following, never else.
///
/// Threads: [gui].
class TimelineViewport
{
public:
    static constexpr double minimumNsPerPixel = 2; ///< finer ones would need fractions of ns

    void setWidth(int pixels);                ///< keeps the times at both edges
    void setBounds(qint64 first, qint64 now); ///< of the run; following moves to \a now

    /// Shows times in which nothing happened shorter, those that \a gaps finds and that would take
    /// more than a twentieth of the view; all as long as they were when null. The time at \a x
    /// stays where it is. \a gaps outlives this.
    void setGaps(const IdleGaps *gaps, double x);
    bool foldsGaps() const { return m_gaps != nullptr; }

    TimeAxis axis() const { return {m_begin, m_length / m_width, 0, m_folds}; }
    qint64 begin() const { return m_begin; }
    qint64 end() const { return axis().timeAt(m_width); }
    double length() const { return m_length; } ///< ns; of the view, which folds do not change
    int width() const { return m_width; }

    /// The end of the run stays in view: at the right edge, once the run fills the view.
    bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool following); ///< back to the end, with the same zoom

    /// Zooms in by \a factor (out below 1) and keeps the time at \a x; while following the right
    /// edge, and goes on following.
    void zoom(double factor, double x);

    void pan(double pixels);                ///< to later times when above 0; stops following
    void fit(qint64 begin, qint64 end);     ///< with a margin; stops following
    void show(qint64 begin, double length); ///< exactly, as far as there is a run; stops following
    void showRange(qint64 begin, qint64 end); ///< likewise, with both times at the edges
    void center(qint64 time);                 ///< with the same zoom; stops following
    void reveal(qint64 begin, qint64 end);    ///< the smallest pan that shows it; stops following

private:
    double limitedLength(double length) const;
    double lengthOf(qint64 begin, qint64 end) const;
    void limitBegin();
    void place(qint64 time, double x);
    void follow();
    std::shared_ptr<const TimeFolds> foldsAround(qint64 time, double x, double nsPerPixel) const;

    int m_width = 1;
    qint64 m_begin = 0;
    double m_length = 10e9; ///< ns; 10 s show a first emission of second-long handlers well
    qint64 m_first = 0;
    qint64 m_now = 0;
    bool m_isFollowing = true;
    const IdleGaps *m_gaps = nullptr;
    std::shared_ptr<const TimeFolds> m_folds;
};

} // namespace Fanfare
