// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/timeline/timelinetheme.h"

#include <QHash>
#include <QImage>

namespace Fanfare {

/// The shapes at the end of spans that tell outcomes apart without color: a cross for failed, an
/// hourglass for timed out, a torn edge with a skull's face for crashed, a padlock for quarantined.
///
/// Threads: [gui].
class OutcomeCaps
{
public:
    explicit OutcomeCaps(const TimelineTheme &theme)
        : m_theme(theme)
    {
    }

    /// A square of \a size device pixels, premultiplied; transparent where the span shows. The
    /// reference is valid until the next call.
    const QImage &cap(Outcome outcome, int size);

private:
    TimelineTheme m_theme;
    QHash<int, QImage> m_images;
};

} // namespace Fanfare
