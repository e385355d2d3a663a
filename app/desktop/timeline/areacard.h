// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinearea.h"
#include "desktop/timeline/timelinetheme.h"

#include <QCoreApplication>
#include <QFont>

class QPainter;

namespace Fanfare {

/// Draws the marked area and, beside it, what is in it.
///
/// Threads: [gui].
class AreaCard
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::AreaCard)

public:
    AreaCard(const TimelineTheme &theme, const QFont &font);

    void draw(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
              const AreaSelection &selection);

    /// The same as one sentence: for the status bar and for assistive technology.
    static QString sentence(const AreaStatistics &statistics);

    /// What the card says: names and values. While \a isCounting, times are not known yet.
    using Line = std::pair<QString, QString>;
    static std::vector<Line> lines(const AreaStatistics &statistics, bool isCounting);

private:
    void drawArea(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
                  const TimelineArea &area);
    void drawCard(QPainter &painter, const TimelineFrame &frame, double left, double right,
                  const std::vector<Line> &lines);

    TimelineTheme m_theme;
    QFont m_font;
};

} // namespace Fanfare
