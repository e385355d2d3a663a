// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>

namespace Fanfare {

/// How much larger the text is than the sizes of the timeline were made for. What holds text grows
/// with it, so that nothing is cut off with large fonts; what does not, such as a row of thousands,
/// stays as it is.
///
/// Threads: [any].
class TextScale
{
public:
    static constexpr int plannedHeight = 15; ///< pixels of a line; up to it nothing grows

    TextScale() = default;
    explicit TextScale(int textHeight) ///< pixels of a line of names
        : m_factor(std::max(1.0, static_cast<double>(textHeight) / plannedHeight))
    {
    }

    int of(int pixels) const { return static_cast<int>(std::lround(pixels * m_factor)); }

    bool operator==(const TextScale &) const = default;

private:
    double m_factor = 1;
};

} // namespace Fanfare
