// SPDX-License-Identifier: MIT
// Patterns of spans, for palettes without hues.
#include "desktop/timeline/stripimage.h"

#include <algorithm>
#include <cmath>

namespace Fanfare {

/// Lines and dots stand at whole steps from the start of the task, so that they move with it.
void StripImage::composePattern(const SpanBox &box, const SpanRow &spans, Band band)
{
    const SpanPattern pattern = m_colors.pattern(spans, m_row->lane, box.position, *m_model);
    if (pattern == SpanPattern::Plain || !isShown(spans, box.position))
        return;
    const QRgb color = patternColorOn(colorOf(spans, box.position));
    const TimeAxis axis = m_frame->axis.scaled(m_frame->ratio);
    const qint64 anchor = std::llround(axis.xOf(spans.started(box.position)));
    const int period = (pattern == SpanPattern::Lines ? 7 : 4) * m_pixel;
    const int dot = pattern == SpanPattern::Lines ? m_pixel : 2 * m_pixel;
    const int begin = std::max(m_clipTop, band.top);
    const int end = std::min(m_image.height(), band.top + band.height);
    const int right = box.right - (box.showsEnd ? m_pixel : 0);
    for (int y = begin; y < end; ++y) {
        if (pattern == SpanPattern::Dots && (y - band.top) % period >= dot)
            continue;
        QRgb *pixels = line(y);
        for (int x = box.left; x < right; ++x) {
            if ((x - anchor) % period < dot)
                pixels[x] = color;
        }
    }
}

} // namespace Fanfare
