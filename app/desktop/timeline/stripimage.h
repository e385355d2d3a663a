// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/outcomecaps.h"
#include "desktop/timeline/spancolors.h"
#include "desktop/timeline/timelinefilter.h"
#include "desktop/timeline/timelineframe.h"

#include <QImage>

namespace Fanfare {

/// The picture of all spans in a frame, without text. A row's columns are composed once as lines
/// of pixels that are then copied to the height of the row: no painter call per span.
///
/// Threads: [gui].
class StripImage
{
public:
    explicit StripImage(const TimelineTheme &theme);

    void setColoring(SpanColoring coloring) { m_colors.setColoring(coloring); }

    /// Composes the filled part of \a frame. The image has device pixels; it is valid until the
    /// next call. It is \a target if that is one of pixelSize(): nobody copies it then.
    const QImage &compose(const TimelineFrame &frame, const TimelineTracks &tracks,
                          const RunModel &model, const FilterView &filter = {},
                          const QImage &target = {});

    /// How large the image of \a frame is.
    static QSize pixelSize(const TimelineFrame &frame);

private:
    struct Band ///< lines of the image
    {
        int top = 0;
        int height = 0;
    };

    void prepare(const TimelineFrame &frame, const QImage &target);
    void fillEmptyLines(const TimelineFrame &frame);
    void composeRow(const RowFrame &row, const SpanRow &spans);
    void composeColumns(const RowLayout &layout, const SpanRow &spans, Band band);
    void copyLines(Band band);
    void composeWait(int left, int right, qint64 anchor, Band band, QRgb color);
    void composeSent(int left, int right, Band band, QRgb color);
    void composePattern(const SpanBox &box, const SpanRow &spans, Band band);
    void composeOutcome(const SpanBox &box, const SpanRow &spans, Band band);
    void composeCanceled(const SpanBox &box, Band band, QRgb color);
    void composeCap(const SpanBox &box, Outcome outcome, qint64 started, Band band);
    void blend(const QImage &cap, int left, int top);
    void composeOpen(const OpenBox &box, const OpenSpan &span, Band band);
    void roundCorners(int left, int right, Band band);
    void composeGroup(const GroupFrame &group);
    void composeLoad(const TimelineFrame &frame);
    void composeQueue(const TimelineFrame &frame, const TimelineTracks &tracks);

    QRgb colorOf(const OpenSpan &open);
    QRgb colorOf(const SpanRow &spans, size_t position);
    QRgb colorOf(const SpanRow &spans, const TimeColumn &column);
    float matchingShare(const TimeColumn &column) const;
    int strength(const TimeColumn &column) const;
    bool isShown(const SpanRow &spans, size_t position) const;
    QRgb faded(QRgb color) const;
    int clipLine(int clipTop) const;
    void cover(Band band, int clip);
    Band bandAt(int y, int height) const;
    QRgb *line(int y) { return reinterpret_cast<QRgb *>(m_image.scanLine(y)); }

    TimelineTheme m_theme;
    OutcomeCaps m_caps;
    SpanColors m_colors;
    const RunModel *m_model = nullptr;      ///< only while composing
    const TimelineFrame *m_frame = nullptr; ///< only while composing
    FilterView m_filter;                    ///< likewise
    const RowFrame *m_row = nullptr;        ///< the row that is composed
    QImage m_image;
    bool m_isBorrowed = false; ///< the pixels of the image are not ours
    int m_width = 0;
    int m_pixel = 1;             ///< device pixels of a hairline
    int m_clipTop = 0;           ///< rows are not drawn above
    std::vector<char> m_covered; ///< lines of the image that rows fill completely
    std::vector<QRgb> m_empty;   ///< a line without spans
    std::vector<QRgb> m_tick;    ///< a row's lines: top with failures, middle, bottom with presence
    std::vector<QRgb> m_busy;
    std::vector<QRgb> m_base;
    std::vector<QRgb> m_fills; ///< of the columns of a row
};

} // namespace Fanfare
