// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinetheme.h"
#include "desktop/timeline/timelinetracks.h"

#include <QCoreApplication>
#include <QHash>

class QPainter;
class QRectF;

namespace Fanfare {

/// What the fill of a span tells.
enum class SpanColoring : quint8 {
    Handler,  ///< which handler it is
    Wait,     ///< how long it waited, on a scale from 1 us to 10 s
    Duration, ///< how long it ran, on the same scale
    Outcome,  ///< whether it succeeded
    Event,    ///< which event it answers
    Plugin,   ///< which plugin its handler is from
    Worker,   ///< who ran it
};

/// The fills of spans. The scale of times gets lighter and yellower in even steps, so that it reads
/// without color, too.
///
/// Threads: [gui].
class SpanColors
{
    Q_DECLARE_TR_FUNCTIONS(Fanfare::SpanColors)

public:
    explicit SpanColors(const TimelineTheme &theme)
        : m_theme(theme)
    {
    }

    void setColoring(SpanColoring coloring) { m_coloring = coloring; }

    /// The fill of the span at \a position of a row of \a lane, which is one of \a handler.
    QRgb color(const SpanRow &spans, quint32 lane, size_t position, quint32 handler,
               const RunModel &model);

    /// What lies on that fill.
    SpanPattern pattern(const SpanRow &spans, quint32 lane, size_t position,
                        const RunModel &model) const;

    /// Of what only has a handler: a running span, a queued one.
    QRgb color(quint32 handler, const RunModel &model);
    QRgb color(const OpenSpan &open, const RunModel &model);

    /// The color of a time on the scale.
    static QRgb heat(qint64 nanoseconds);

    /// Says in \a rect what the colors mean; nothing while they tell handlers.
    void drawLegend(QPainter &painter, const QRectF &rect) const;

private:
    TimelineTheme m_theme;
    SpanColoring m_coloring = SpanColoring::Handler;
    QRgb nameColor(const QString &name);
    QString title() const;

    QHash<QString, QRgb> m_names;
    std::vector<QRgb> m_colors; ///< by handler; 0: not known yet
};

} // namespace Fanfare
