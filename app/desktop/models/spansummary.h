// SPDX-License-Identifier: MIT
#pragma once

#include "desktop/models/durationhistogram.h"

namespace Fanfare {

/// What is known of many spans of a row together. Rows keep one for every 65,536 spans, so that
/// statistics of millions look at those and at the edges only: half a byte a span.
struct SpanSummary
{
    static constexpr size_t chunkSize = 65'536; ///< spans of one summary of a row
    static constexpr size_t stepSize = 16'384; ///< spans that it takes up at once; short rows: none

    DurationHistogram run;
    DurationHistogram wait;
    qint64 longest = 0; ///< running time, ns

    void add(const SpanSummary &other)
    {
        run.add(other.run);
        wait.add(other.wait);
        longest = std::max(longest, other.longest);
    }
};

} // namespace Fanfare
