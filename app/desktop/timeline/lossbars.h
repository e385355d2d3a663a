// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelineframe.h"
#include "desktop/timeline/timelinetheme.h"

#include <QCoreApplication>
#include <QFont>

class QPainter;

namespace Fanfare {

/// A time of which spans are missing, and how many.
struct LossBar
{
    QRectF rect; ///< in the widget
    quint64 count = 0;
    bool isOfRow = false; ///< forgotten to save memory; else lost on the way, of any lane
};

/// The bars of what is missing in \a frame: nothing is left out without one.
std::vector<LossBar> lossBars(const TimelineFrame &frame, const TimelineTracks &tracks,
                              const RunModel &model);

/// Hatched bars with the number of missing spans.
///
/// Threads: [gui].
class LossBars
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::LossBars)

public:
    LossBars(const TimelineTheme &theme, const QFont &font);

    void draw(QPainter &painter, const TimelineFrame &frame, const TimelineTracks &tracks,
              const RunModel &model);

    static QString text(const LossBar &bar);

private:
    TimelineTheme m_theme;
    QFont m_font;
};

} // namespace Fanfare
