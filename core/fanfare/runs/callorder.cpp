// SPDX-License-Identifier: MIT
#include "fanfare/runs/callorder.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

namespace Fanfare {

namespace {

/// Goes through the calls of one emission after the other.
class EmissionWalk
{
public:
    explicit EmissionWalk(const CallLog &log)
        : m_handlers(log.handlers)
        , m_calls(log.calls)
    {
        std::ranges::stable_sort(m_calls, [](const HandlerCall &left, const HandlerCall &right) {
            return std::tie(left.emission, left.started) < std::tie(right.emission, right.started);
        });
        m_first = m_calls.empty() ? 0 : number(m_calls.front().emission);
    }

    bool isAtEnd() const { return m_at == m_calls.size(); }
    EmissionId emission() const { return m_calls[m_at].emission; }
    quint64 position() const { return number(emission()) - m_first; }

    /// The handlers in the order in which they were called; and goes on.
    std::vector<HandlerKey> take()
    {
        std::vector<HandlerKey> order;
        for (const EmissionId current = emission(); !isAtEnd() && emission() == current; ++m_at)
            order.push_back(m_handlers[m_calls[m_at].handler]);
        return order;
    }

private:
    const std::span<const HandlerKey> m_handlers;
    std::vector<HandlerCall> m_calls;
    quint64 m_first = 0;
    size_t m_at = 0;
};

} // namespace

static bool areSameHandlers(std::vector<HandlerKey> a, std::vector<HandlerKey> b)
{
    std::ranges::sort(a);
    std::ranges::sort(b);
    return a == b;
}

OrderComparison compareOrders(const CallLog &a, const CallLog &b)
{
    EmissionWalk inA(a);
    EmissionWalk inB(b);
    OrderComparison result;
    std::map<std::pair<std::vector<HandlerKey>, std::vector<HandlerKey>>, OrderDifference> found;
    while (!inA.isAtEnd() && !inB.isAtEnd()) {
        if (inA.position() != inB.position()) {
            (inA.position() < inB.position() ? inA : inB).take();
            continue;
        }
        const EmissionId firstA = inA.emission();
        const EmissionId firstB = inB.emission();
        const std::vector<HandlerKey> orderA = inA.take();
        const std::vector<HandlerKey> orderB = inB.take();
        if (orderA.size() < 2 || !areSameHandlers(orderA, orderB))
            continue;
        ++result.emissions;
        if (orderA == orderB)
            continue;
        ++result.others;
        const auto [entry, isNew] =
            found.try_emplace({orderA, orderB}, OrderDifference{orderA, orderB, firstA, firstB, 0});
        ++entry->second.count;
    }
    for (const auto &[orders, difference] : found)
        result.differences.push_back(difference);
    std::ranges::stable_sort(result.differences, [](const auto &left, const auto &right) {
        return std::tuple(right.count, left.firstA) < std::tuple(left.count, right.firstA);
    });
    return result;
}

} // namespace Fanfare
