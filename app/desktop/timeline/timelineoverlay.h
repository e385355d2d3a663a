// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/areacard.h"
#include "desktop/timeline/flowlayout.h"
#include "desktop/timeline/timelinenotes.h"
#include "desktop/timeline/timelinetheme.h"

#include <QCoreApplication>
#include <QFont>

#include <optional>

namespace Fanfare {

/// What the user does and what happened to the run as a whole, on top of everything: outlines,
/// "now", notes about the engine, the chip of a paused view, the words in an empty one.
///
/// Threads: [gui].
class TimelineOverlay
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::TimelineOverlay)

public:
    struct State
    {
        std::optional<TaskId> current;      ///< whose details are shown
        std::vector<TaskId> selected;       ///< that one, and those selected beside it
        std::optional<EmissionId> emission; ///< its tasks are outlined
        bool dimsOthers = false;            ///< than those of the emission
        FlowDepth flow = FlowDepth::Off;    ///< arrows of the emission
        const AreaSelection *area = nullptr;
        std::vector<qint64> markers;
        std::vector<TimelineNote> notes;
        std::optional<qint64> cursor; ///< of a timeline beside this one
        QString cursorText;
        std::optional<QRectF> zoomBox; ///< that the user draws
        QString hint;                  ///< which key is waited for
        bool isFollowing = true;
        bool isFrozen = false;
        bool isEnded = false; ///< nothing new will come
        quint64 newSpans = 0; ///< since the view was paused or frozen
    };

    TimelineOverlay(const TimelineTheme &theme, const QFont &font);

    void draw(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
              const TimelineTracks &tracks, const RunModel &model, const State &state);

    static QString chipText(const State &state); ///< of a paused or frozen view

    /// Where the chip was drawn; empty when it was not.
    QRect chip() const { return m_chip; }

    /// The stub of arrows that was drawn at \a point; null when none was.
    const FlowStub *stubAt(QPointF point) const;

private:
    void drawOutlines(QPainter &painter, const TimelineFrame &frame, const LaneLayout &lanes,
                      const TimelineTracks &tracks, const RunModel &model, const State &state);
    void drawDimming(QPainter &painter, const TimelineFrame &frame,
                     const std::vector<QRectF> &bright);
    void drawFlow(QPainter &painter, const TimelineFrame &frame);
    void drawZoomBox(QPainter &painter, const QRectF &box);
    void drawNow(QPainter &painter, const TimelineFrame &frame);
    void drawMarks(QPainter &painter, const TimelineFrame &frame, const TimelineTracks &tracks,
                   const RunModel &model);
    void placeChip(const TimelineFrame &frame, const State &state);
    void drawChip(QPainter &painter, const State &state);
    void drawHint(QPainter &painter, const TimelineFrame &frame, const QString &hint);
    void drawEmpty(QPainter &painter, const TimelineFrame &frame);

    TimelineTheme m_theme;
    QFont m_font;
    AreaCard m_areaCard;
    FlowLayout m_flow;
    QRect m_chip;
};

} // namespace Fanfare
