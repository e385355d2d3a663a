// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>
#include <fanfare/runs/handlerkey.h>

#include <vector>

namespace Fanfare {

/// When a handler was called for an emission.
struct HandlerCall
{
    EmissionId emission{};
    qint64 started = 0;  ///< MonotonicClock nanoseconds
    quint32 handler = 0; ///< index into CallLog::handlers
};

/// The first calls of a run, in any order.
struct CallLog
{
    static constexpr size_t mostCalls = 200'000; ///< 5 MB

    std::vector<HandlerKey> handlers;
    std::vector<HandlerCall> calls; ///< at most mostCalls
};

/// Emissions whose handlers were called in one order in a, and in another in b.
struct OrderDifference
{
    std::vector<HandlerKey> a; ///< in the order of the calls
    std::vector<HandlerKey> b; ///< the same handlers
    EmissionId firstA{};       ///< the first such emission
    EmissionId firstB{};       ///< the same one in b
    quint64 count = 0;         ///< emissions with these two orders
};

/// What comparing orders brings.
struct OrderComparison
{
    quint64 emissions = 0;                    ///< that called the same handlers, several, in both
    quint64 others = 0;                       ///< of those, in another order
    std::vector<OrderDifference> differences; ///< the most frequent first
};

/// Compares in which order each emission of \a a and the same one of \a b, which is as far from the
/// first, called its handlers. Emissions that did not call the same handlers are left out.
/// Swapping a and b swaps the orders. [any]; O(n log n)
OrderComparison compareOrders(const CallLog &a, const CallLog &b);

} // namespace Fanfare
