// SPDX-License-Identifier: MIT
#include "desktop/timeline/stripimage.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace Fanfare {

StripImage::StripImage(const TimelineTheme &theme)
    : m_theme(theme)
    , m_caps(theme)
    , m_colors(theme)
{
}

const QImage &StripImage::compose(const TimelineFrame &frame, const TimelineTracks &tracks,
                                  const RunModel &model, const FilterView &filter,
                                  const QImage &target)
{
    m_filter = filter;
    m_model = &model;
    m_frame = &frame;
    prepare(frame, target);
    for (size_t i = 0; i < frame.rowCount; ++i) {
        const RowFrame &row = frame.rows[i];
        m_clipTop = clipLine(row.clipTop);
        composeRow(row, tracks.row(row.lane, row.row));
        const Band band = bandAt(row.y, row.height);
        for (const OpenBox &box : row.open)
            composeOpen(box, tracks.open()[box.index], band);
    }
    for (const GroupFrame &group : frame.groups) {
        m_clipTop = clipLine(group.clipTop);
        composeGroup(group);
    }
    composeLoad(frame);
    composeQueue(frame, tracks);
    m_model = nullptr;
    m_frame = nullptr;
    return m_image;
}

QSize StripImage::pixelSize(const TimelineFrame &frame)
{
    const QSizeF size = QSizeF(frame.filled.size()) * frame.ratio;
    return {std::max(1, static_cast<int>(std::ceil(size.width()))),
            std::max(1, static_cast<int>(std::ceil(size.height())))};
}

void StripImage::prepare(const TimelineFrame &frame, const QImage &target)
{
    const QSize pixels = pixelSize(frame);
    if (target.size() == pixels)
        m_image = QImage(const_cast<uchar *>(target.constBits()), pixels.width(), pixels.height(),
                         target.bytesPerLine(), QImage::Format_RGB32); // a copy would be shared
    else if (m_isBorrowed || m_image.size() != pixels)
        m_image = QImage(pixels, QImage::Format_RGB32);
    m_isBorrowed = target.size() == pixels;
    m_width = pixels.width();
    m_pixel = std::max(1, static_cast<int>(std::lround(frame.ratio)));
    m_clipTop =
        static_cast<int>(std::lround((frame.areas.lanes.y() - frame.areas.plot.y()) * frame.ratio));

    m_empty.assign(static_cast<size_t>(m_width), m_theme.background.rgb());
    for (const RulerTick &tick : frame.ticks) {
        const auto x = static_cast<int>(std::floor(tick.x * frame.ratio));
        // A tick at the left edge may lie a rounding error left of it.
        for (int i = std::max(0, x); i < std::min(m_width, x + m_pixel); ++i)
            m_empty[static_cast<size_t>(i)] = m_theme.grid.rgb();
    }
    m_busy = m_base = m_empty;
    fillEmptyLines(frame);
}

static bool isDrawn(const RowFrame &row)
{
    return !row.layout.columns.empty() || !row.layout.boxes.empty();
}

/// What rows fill from edge to edge is not filled before: half of the memory traffic of a frame.
void StripImage::fillEmptyLines(const TimelineFrame &frame)
{
    m_covered.assign(static_cast<size_t>(m_image.height()), 0);
    for (size_t i = 0; i < frame.rowCount; ++i) {
        const RowFrame &row = frame.rows[i];
        if (isDrawn(row))
            cover(bandAt(row.y, row.height), clipLine(row.clipTop));
    }
    for (const GroupFrame &group : frame.groups)
        cover(bandAt(group.y, group.height), clipLine(group.clipTop));
    const size_t bytes = m_empty.size() * sizeof(QRgb);
    for (int y = 0; y < m_image.height(); ++y) {
        if (!m_covered[static_cast<size_t>(y)])
            std::memcpy(line(y), m_empty.data(), bytes);
    }
}

void StripImage::cover(Band band, int clip)
{
    const int end = std::min(m_image.height(), band.top + band.height);
    for (int y = std::max(clip, band.top); y < end; ++y)
        m_covered[static_cast<size_t>(y)] = 1;
}

/// The line of the image above which a row that is covered above \a clipTop is not drawn.
int StripImage::clipLine(int clipTop) const
{
    return static_cast<int>(std::lround((clipTop - m_frame->areas.plot.y()) * m_frame->ratio));
}

StripImage::Band StripImage::bandAt(int y, int height) const
{
    const double ratio = m_frame->ratio;
    const int origin = m_frame->areas.plot.y();
    const auto top = static_cast<int>(std::lround((y - origin) * ratio));
    const auto bottom = static_cast<int>(std::lround((y + height - origin) * ratio));
    return {top, bottom - top};
}

/// What the filter does not ask for, when it is shown at all.
QRgb StripImage::faded(QRgb color) const
{
    constexpr int opacity = 46;
    return mixed(m_theme.background.rgb(), color, m_filter.hidesOthers ? 0 : opacity);
}

QRgb StripImage::colorOf(const OpenSpan &open)
{
    const QRgb color = m_colors.color(open, *m_model);
    const bool isShown = !m_filter.matches || m_filter.matches->matches(open, m_frame->now);
    return isShown ? color : faded(color);
}

bool StripImage::isShown(const SpanRow &spans, size_t position) const
{
    return !m_filter.matches
        || m_filter.matches->matches(spans, {m_row->lane, m_row->row, position});
}

QRgb StripImage::colorOf(const SpanRow &spans, size_t position)
{
    const QRgb color =
        m_colors.color(spans, m_row->lane, position, spans.handler(position), *m_model);
    return isShown(spans, position) ? color : faded(color);
}

/// How many of the spans in a column the filter asks for, as a part of all.
float StripImage::matchingShare(const TimeColumn &column) const
{
    if (!m_filter.matches || column.touched == 0)
        return 1;
    const size_t first = column.first();
    const quint64 count =
        m_filter.matches->countBetween(m_row->lane, m_row->row, first, first + column.touched);
    return static_cast<float>(count) / static_cast<float>(column.touched);
}

QRgb StripImage::colorOf(const SpanRow &spans, const TimeColumn &column)
{
    const QRgb color = m_colors.color(spans, m_row->lane, column.sample, column.handler, *m_model);
    return matchingShare(column) > 0 ? color : faded(color);
}

/// The opacity of a column: the time in which something ran. Where others are hidden, as much of
/// it as there are spans that are not.
int StripImage::strength(const TimeColumn &column) const
{
    const float shown = m_filter.hidesOthers ? matchingShare(column) : 1;
    return static_cast<int>(column.busy * shown * 255 + 0.5F);
}

void StripImage::composeRow(const RowFrame &row, const SpanRow &spans)
{
    if (!isDrawn(row))
        return;
    m_row = &row;
    const Band band = bandAt(row.y, row.height);
    composeColumns(row.layout, spans, band);
    const Band thin{band.top + band.height / 4, band.height - 2 * (band.height / 4)};
    const TimeAxis axis = m_frame->axis.scaled(m_frame->ratio);
    for (const WaitBox &wait : row.layout.waits) {
        if (m_filter.hidesOthers && !isShown(spans, wait.position))
            continue;
        const QRgb color = colorOf(spans, wait.position);
        composeWait(wait.left, wait.sent, std::llround(axis.xOf(spans.started(wait.position))),
                    thin, color);
        composeSent(wait.sent, wait.right, thin, color);
    }
    for (const ReplyBox &reply : row.layout.replies) {
        if (!m_filter.hidesOthers || isShown(spans, reply.position))
            composeSent(reply.left, reply.right, thin, colorOf(spans, reply.position));
    }
    for (const SpanBox &box : row.layout.boxes) {
        if (m_theme.spans == SpanPalette::Gray)
            composePattern(box, spans, band);
        composeOutcome(box, spans, band);
    }
}

void StripImage::composeColumns(const RowLayout &layout, const SpanRow &spans, Band band)
{
    m_busy = m_empty;
    m_fills.clear();
    for (const TimeColumn &column : layout.columns) {
        QRgb &pixel = m_busy[static_cast<size_t>(column.x)];
        m_fills.push_back(colorOf(spans, column));
        pixel = mixed(pixel, m_fills.back(), strength(column));
    }
    for (const SpanBox &box : layout.boxes) {
        const QRgb color = colorOf(spans, box.position);
        std::fill(m_busy.begin() + box.left, m_busy.begin() + box.right, color);
        const bool isThere = !m_filter.hidesOthers || isShown(spans, box.position);
        if (isThere && box.right - box.left > 3 * m_pixel
            && box.showsEnd) // tells boxes apart that touch
            m_busy[static_cast<size_t>(box.right - 1)] = mixed(color, qRgb(0, 0, 0), 70);
    }
    m_tick = m_busy;
    m_base = m_busy;
    for (size_t i = 0; i < layout.columns.size(); ++i) {
        const TimeColumn &column = layout.columns[i];
        if (column.narrow > 0) // a task of a microsecond is seen, too
            m_base[static_cast<size_t>(column.x)] = m_fills[i];
        if (column.failures > 0 && (!m_filter.hidesOthers || matchingShare(column) > 0))
            m_tick[static_cast<size_t>(column.x)] = m_base[static_cast<size_t>(column.x)] =
                m_theme.failure;
    }
    copyLines(band);
}

/// A folded group: as bright as its workers are busy, with a tick for each column of failures.
void StripImage::composeGroup(const GroupFrame &group)
{
    const std::vector<GroupColumn> &columns = group.columns.columns();
    const size_t count = std::min(columns.size(), m_empty.size());
    m_busy = m_empty;
    for (size_t x = 0; x < count; ++x)
        m_busy[x] = mixed(m_busy[x], m_theme.groupFill.rgb(),
                          static_cast<int>(std::lround(columns[x].busy * 255)));
    m_tick = m_base = m_busy;
    for (size_t x = 0; x < count; ++x) {
        if (columns[x].failures > 0)
            m_tick[x] = m_theme.failure;
    }
    copyLines(bandAt(group.y, group.height));
}

void StripImage::copyLines(Band band)
{
    const int tickHeight = std::max(m_pixel, band.height * 2 / 5);
    const int baseHeight = std::max(m_pixel, band.height / 8);
    const int begin = std::max(m_clipTop, band.top);
    const int end = std::min(m_image.height(), band.top + band.height);
    for (int y = begin; y < end; ++y) {
        const int fromTop = y - band.top;
        const std::vector<QRgb> &source = fromTop < tickHeight ? m_tick
            : fromTop >= band.height - baseHeight              ? m_base
                                                               : m_busy;
        std::memcpy(line(y), source.data(), source.size() * sizeof(QRgb));
    }
}

/// The place of a pixel in a pattern of diagonal stripes; \a x and \a anchor count device pixels,
/// so that stripes move with their span. The first half of a period is covered.
static int stripePlace(qint64 x, qint64 y, qint64 anchor, int period)
{
    const auto place = static_cast<int>((x - anchor + y) % period);
    return place < 0 ? place + period : place;
}

void StripImage::composeWait(int left, int right, qint64 anchor, Band band, QRgb color)
{
    const int period = 4 * m_pixel;
    const int end = std::min(m_image.height(), band.top + band.height);
    for (int y = std::max(m_clipTop, band.top); y < end; ++y) {
        QRgb *pixels = line(y);
        int place =
            stripePlace(left, y - band.top, anchor, period); // a division for each line only
        for (int x = left; x < right; ++x) {
            pixels[x] = mixed(pixels[x], color, place < period / 2 ? 150 : 45);
            place = place + 1 < period ? place + 1 : 0;
        }
    }
}

/// Dots: on the way to a worker process, or back from it.
void StripImage::composeSent(int left, int right, Band band, QRgb color)
{
    const int period = 4 * m_pixel;
    const int dot = 2 * m_pixel;
    const int end = std::min(m_image.height(), band.top + band.height);
    for (int y = std::max(m_clipTop, band.top); y < end; ++y) {
        const bool isDotted = (y - band.top) % period < dot;
        QRgb *pixels = line(y);
        for (int x = left; x < right; ++x)
            pixels[x] = mixed(pixels[x], color, isDotted && (x - left) % period < dot ? 210 : 30);
    }
}

void StripImage::composeOutcome(const SpanBox &box, const SpanRow &spans, Band band)
{
    const Outcome outcome = spans.outcome(box.position);
    if (m_filter.hidesOthers && !isShown(spans, box.position))
        return;
    if (outcome == Outcome::Canceled)
        composeCanceled(box, band, colorOf(spans, box.position));
    else if (outcome != Outcome::Succeeded)
        composeCap(box, outcome, spans.started(box.position), band);
    if (box.showsEnd)
        roundCorners(box.left, box.right, band);
}

void StripImage::composeCanceled(const SpanBox &box, Band band, QRgb color)
{
    const int inset = m_pixel;
    const int begin = std::max(m_clipTop, band.top);
    const int end = std::min(m_image.height(), band.top + band.height);
    for (int y = begin; y < end; ++y) {
        const bool isBorder = y < band.top + inset || y >= band.top + band.height - inset;
        QRgb *pixels = line(y);
        for (int x = box.left; x < box.right; ++x) {
            const bool isSide = x < box.left + inset || x >= box.right - inset;
            pixels[x] =
                isBorder || isSide ? color : mixed(m_empty[static_cast<size_t>(x)], color, 28);
        }
    }
}

void StripImage::composeCap(const SpanBox &box, Outcome outcome, qint64 started, Band band)
{
    const QRgb color = m_theme.outcomeColor(outcome);
    const TimeAxis axis = m_frame->axis.scaled(m_frame->ratio);
    const qint64 anchor = std::llround(axis.xOf(started));
    const int width = box.right - box.left;
    const int capSize = std::min(band.height, width * 2 / 3);
    constexpr int smallestCap = 7;
    const bool hasCap = capSize >= smallestCap * m_pixel && box.showsEnd;
    const int edge = hasCap ? 0 : std::max(m_pixel, std::min(2 * m_pixel, width / 2));
    const int begin = std::max(m_clipTop, band.top);
    const int end = std::min(m_image.height(), band.top + band.height);
    // Three ways to fill, so that outcomes differ without color, too: plain, rising, falling.
    const bool hasStripes = outcome != Outcome::TimedOut;
    const int slope = outcome == Outcome::Failed ? 1 : -1;
    for (int y = begin; y < end; ++y) {
        QRgb *pixels = line(y);
        const int period = 8 * m_pixel;
        int place = stripePlace(box.left, slope * (y - band.top), anchor, period);
        for (int x = box.left; x < box.right && hasStripes; ++x) {
            if (place < period / 2)
                pixels[x] = mixed(pixels[x], color, 105);
            place = place + 1 < period ? place + 1 : 0;
        }
        for (int x = box.right - edge; x < box.right; ++x)
            pixels[x] = color;
    }
    if (hasCap)
        blend(m_caps.cap(outcome, capSize), box.right - capSize,
              band.top + (band.height - capSize) / 2);
}

void StripImage::blend(const QImage &cap, int left, int top)
{
    const int begin = std::max(m_clipTop, top);
    const int end = std::min(m_image.height(), top + cap.height());
    for (int y = begin; y < end; ++y) {
        const auto *source = reinterpret_cast<const QRgb *>(cap.constScanLine(y - top));
        QRgb *pixels = line(y) + left;
        for (int x = 0; x < cap.width(); ++x) {
            if (qAlpha(source[x]) > 0)
                pixels[x] = mixed(pixels[x], qUnpremultiply(source[x]), qAlpha(source[x]));
        }
    }
}

void StripImage::roundCorners(int left, int right, Band band)
{
    constexpr int smallest = 6;
    if (right - left < smallest * m_pixel || band.height < smallest * m_pixel)
        return;
    const auto clear = [this](int y, int x) {
        if (y >= m_clipTop && y < m_image.height())
            line(y)[x] = mixed(line(y)[x], m_empty[static_cast<size_t>(x)], 190);
    };
    for (int i = 0; i < m_pixel; ++i) {
        for (int j = 0; j < m_pixel - i; ++j) {
            clear(band.top + i, left + j);
            clear(band.top + i, right - 1 - j);
            clear(band.top + band.height - 1 - i, left + j);
            clear(band.top + band.height - 1 - i, right - 1 - j);
        }
    }
}

} // namespace Fanfare
