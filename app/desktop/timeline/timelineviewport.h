// SPDX-License-Identifier: MIT
#pragma once

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

    TimeAxis axis() const { return {m_begin, m_length / m_width, 0}; }
    qint64 begin() const { return m_begin; }
    qint64 end() const { return m_begin + static_cast<qint64>(m_length); }
    double length() const { return m_length; }
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
    void reveal(qint64 begin, qint64 end);  ///< the smallest pan that shows it; stops following

private:
    double limitedLength(double length) const;
    void limitBegin();

    int m_width = 1;
    qint64 m_begin = 0;
    double m_length = 10e9; ///< ns; 10 s show a first emission of second-long handlers well
    qint64 m_first = 0;
    qint64 m_now = 0;
    bool m_isFollowing = true;
};

} // namespace Fanfare
