// SPDX-License-Identifier: MIT
#include "desktop/timeline/loadpicture.h"

#include <algorithm>

namespace Fanfare {

static QRgb *lineOf(QImage &image, int y)
{
    return reinterpret_cast<QRgb *>(image.scanLine(y));
}

void fillCurve(QImage &image, CurveBand band, const std::vector<float> &values, float most,
               QRgb color)
{
    if (most <= 0)
        return;
    const auto width = std::min(static_cast<int>(values.size()), image.width());
    const float scale = static_cast<float>(band.height) / most;
    const auto isInside = [&](int line) { return line >= 0 && line < image.height(); };
    std::vector<int> tops(static_cast<size_t>(width)); // the first full line of each column
    for (int x = 0; x < width; ++x) {
        const float value = values[static_cast<size_t>(x)];
        const float height = std::min(value * scale, static_cast<float>(band.height));
        const int full = std::max(static_cast<int>(height), value > 0 ? 1 : 0);
        const int line = band.top + band.height - full;
        tops[static_cast<size_t>(x)] = line;
        const float rest = height - static_cast<float>(full);
        if (rest > 0 && isInside(line - 1))
            lineOf(image, line - 1)[x] =
                mixed(lineOf(image, line - 1)[x], color, static_cast<int>(rest * 255));
    }
    for (int line = std::max(0, band.top); isInside(line) && line < band.top + band.height;
         ++line) {
        QRgb *pixels = lineOf(image, line);
        for (int x = 0; x < width; ++x) // no branch: several pixels at once
            pixels[x] = line >= tops[static_cast<size_t>(x)] ? color : pixels[x];
    }
}

void drawCurve(QImage &image, CurveBand band, const std::vector<float> &values, float most,
               int pixel, QRgb color)
{
    if (most <= 0)
        return;
    const int bottom = band.height - pixel;
    const auto lineFor = [&](float value) {
        return bottom - static_cast<int>(std::lround(value / most * static_cast<float>(bottom)));
    };
    int last = values.empty() ? 0 : lineFor(values.front());
    const int width = std::min(static_cast<int>(values.size()), image.width());
    for (int x = 0; x < width; ++x) {
        const int here = lineFor(values[static_cast<size_t>(x)]);
        const int end = std::max(last, here) + pixel; // a step is drawn as an upright line
        for (int y = std::min(last, here); y < end; ++y) {
            const int line = band.top + y;
            if (line >= 0 && line < image.height() && values[size_t(x)] + float(last != here) > 0)
                lineOf(image, line)[x] = color;
        }
        last = here;
    }
}

static bool isSame(const LoadColumns &a, const LoadColumns &b)
{
    return a.running == b.running && a.looping == b.looping && a.waiting == b.waiting
        && a.failures == b.failures;
}

const QImage &MinimapPicture::compose(const LoadColumns &columns, int height, int pixel,
                                      const TimelineTheme &theme)
{
    const QSize size(std::max(1, static_cast<int>(columns.size())), std::max(1, height));
    if (m_image.size() == size && isSame(m_columns, columns))
        return m_image;
    if (m_image.size() != size)
        m_image = QImage(size, QImage::Format_RGB32);
    m_columns = columns;
    m_image.fill(theme.background);
    m_sum.assign(columns.size(), 0);
    for (size_t x = 0; x < columns.size(); ++x)
        m_sum[x] = columns.running[x] + columns.looping[x];
    const int room = 6 * pixel; // above the curves, for the failures
    const CurveBand band{room, height - room};
    fillCurve(m_image, band, m_sum, columns.mostTasks, theme.loopFill.rgb());
    fillCurve(m_image, band, columns.running, columns.mostTasks, theme.loadFill.rgb());
    drawCurve(m_image, band, columns.waiting, columns.mostWaiting, pixel, theme.dimText.rgb());
    markFailures(columns, pixel, theme);
    return m_image;
}

void MinimapPicture::markFailures(const LoadColumns &columns, int pixel, const TimelineTheme &theme)
{
    const int height = std::min(5 * pixel, m_image.height());
    for (int y = 0; y < height; ++y) {
        QRgb *pixels = lineOf(m_image, y);
        for (size_t x = 0; x < columns.size(); ++x) {
            if (columns.failures[x] == 0)
                continue;
            for (size_t i = x; i < std::min(columns.size(), x + size_t(2 * pixel)); ++i)
                pixels[i] = theme.failure;
        }
    }
}

} // namespace Fanfare
