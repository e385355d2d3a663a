// SPDX-License-Identifier: MIT
#pragma once

#include "runmodel.h"

#include <array>

namespace Fanfare {

/// How long one task ran, compared with the other tasks of its handler.
struct HandlerRank
{
    static constexpr size_t binCount = 32;

    qint64 count = 0;    ///< tasks that were compared, itself included
    qint64 faster = 0;   ///< ran shorter than it
    qint64 shortest = 0; ///< nanoseconds; the bins reach from here
    qint64 longest = 0;  ///< to here, each wider than the one before by the same factor
    std::array<quint32, binCount> bins{};
    size_t bin = 0; ///< of the task itself
};

/// Ranks the finished task \a span among the newest 50,000 tasks of all handlers, of which those of
/// its own handler that succeeded count. Takes some milliseconds then. Nothing when fewer than
/// three are left: that says nothing.
std::optional<HandlerRank> rankOf(const RunModel &run, const SpanEntry &span);

} // namespace Fanfare
