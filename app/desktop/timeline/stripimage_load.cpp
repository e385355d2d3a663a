// SPDX-License-Identifier: MIT
// What goes on, above and in the lanes: running tasks, how many there are, and what waits.
#include "desktop/timeline/loadpicture.h"
#include "desktop/timeline/stripimage.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace Fanfare {

void StripImage::composeOpen(const OpenBox &box, const OpenSpan &span, Band band)
{
    const QRgb color = colorOf(span);
    const int soft = std::min(14 * m_pixel, (box.right - box.left) * 2 / 3);
    const double progress = std::clamp(span.task.progress, 0.0, 1.0);
    const int reached = box.left + static_cast<int>((box.right - box.left) * progress);
    for (int x = box.left; x < box.right; ++x) {
        const auto at = static_cast<size_t>(x);
        const int toEnd = box.right - x;
        const int alpha = box.isEndVisible && toEnd < soft ? 40 + 190 * toEnd / soft : 230;
        m_busy[at] = mixed(m_empty[at], color, alpha);
        m_base[at] = x < reached ? mixed(m_busy[at], qRgb(0, 0, 0), 110) : m_busy[at];
    }
    const int progressTop = band.top + band.height - std::max(m_pixel, band.height / 6);
    const size_t bytes = static_cast<size_t>(box.right - box.left) * sizeof(QRgb);
    const int end = std::min(m_image.height(), band.top + band.height);
    for (int y = std::max(m_clipTop, band.top); y < end; ++y) {
        const std::vector<QRgb> &source = y >= progressTop ? m_base : m_busy;
        std::memcpy(line(y) + box.left, source.data() + box.left, bytes);
    }
}

void StripImage::composeLoad(const TimelineFrame &frame)
{
    if (frame.areas.workers.isEmpty() || frame.areas.queue.isEmpty())
        return;
    const auto bandOf = [&](const QRect &area) {
        constexpr int margin = 3;
        const Band band = bandAt(area.y() + margin, area.height() - margin - 1);
        return CurveBand{band.top, band.height};
    };
    fillCurve(m_image, bandOf(frame.areas.workers), frame.load.running,
              static_cast<float>(std::max(1, frame.workers)), m_theme.loadFill.rgb());
    fillCurve(m_image, bandOf(frame.areas.queue), frame.load.waiting,
              std::max(static_cast<float>(shownQueueBars), frame.load.mostWaiting),
              m_theme.queueFill.rgb());
}

void StripImage::composeQueue(const TimelineFrame &frame, const TimelineTracks &tracks)
{
    if (frame.areas.queue.isEmpty())
        return;
    const int clip = std::exchange(m_clipTop, 0);
    const TimeAxis axis = frame.axis.scaled(frame.ratio);
    for (size_t i = 0; i < frame.queued.size(); ++i) {
        const OpenSpan &task = tracks.queued()[frame.queued[i].index];
        const Band band = bandAt(queueBarY(frame.areas, frame.queued[i].index), queueBarHeight);
        composeWait(frame.queued[i].left, frame.queued[i].right,
                    std::llround(axis.xOf(task.task.queued)), band, colorOf(task));
    }
    m_clipTop = clip;
}

} // namespace Fanfare
