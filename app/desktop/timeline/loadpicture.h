// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/loadlayout.h"
#include "desktop/timeline/timelinetheme.h"

#include <QImage>

namespace Fanfare {

/// Where a curve is drawn in an image, in its pixels.
struct CurveBand
{
    int top = 0;
    int height = 0;
};

/// Fills the area below a curve that starts in column 0 of \a image, an RGB32 one: \a values are
/// drawn as parts of \a most, which fills the band. What is above 0 is at least one pixel high.
void fillCurve(QImage &image, CurveBand band, const std::vector<float> &values, float most,
               QRgb color);

/// Draws the curve itself, \a pixel thick; nothing where it is 0.
void drawCurve(QImage &image, CurveBand band, const std::vector<float> &values, float most,
               int pixel, QRgb color);

/// The curves of the minimap, without what is in view. They are drawn when they change only.
///
/// Threads: [gui].
class MinimapPicture
{
public:
    /// \a height: of the area, in device pixels; one is \a pixel of them thick.
    const QImage &compose(const LoadColumns &columns, int height, int pixel,
                          const TimelineTheme &theme);

private:
    void markFailures(const LoadColumns &columns, int pixel, const TimelineTheme &theme);

    QImage m_image;
    LoadColumns m_columns; ///< that the image shows
    std::vector<float> m_sum;
};

} // namespace Fanfare
