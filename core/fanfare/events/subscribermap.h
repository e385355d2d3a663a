// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace Fanfare {

/// Values by the id of a subscriber, in order of ids, which is that of subscription. A new id is
/// usually the greatest, so adding it is an append. A removed one leaves a hole until half of all
/// are holes, so removing it is a binary search and moves nothing; both are constant but for that.
///
/// Threads: as a standard container.
template <typename Value>
class SubscriberMap
{
public:
    /// Adds \a value, unless there is one of \a id.
    void emplace(SubscriberId id, Value value)
    {
        auto place = lowerBound(m_items, id);
        if (place == m_items.end() || place->first != id)
            place = m_items.emplace(place, id, std::nullopt);
        if (place->second)
            return;
        place->second = std::move(value);
        ++m_count;
    }

    void erase(SubscriberId id)
    {
        const auto place = lowerBound(m_items, id);
        if (place == m_items.end() || place->first != id || !place->second)
            return;
        place->second.reset();
        if (--m_count * 2 <= m_items.size())
            std::erase_if(m_items, [](const Item &item) { return !item.second; });
    }

    /// Null when it is not there; valid until the next change.
    Value *find(SubscriberId id) { return const_cast<Value *>(std::as_const(*this).find(id)); }
    const Value *find(SubscriberId id) const
    {
        const auto place = lowerBound(m_items, id);
        return place != m_items.end() && place->first == id && place->second ? &*place->second
                                                                             : nullptr;
    }

    bool contains(SubscriberId id) const { return find(id) != nullptr; }
    size_t size() const { return m_count; }
    bool isEmpty() const { return m_count == 0; }

    std::vector<SubscriberId> ids() const
    {
        std::vector<SubscriberId> result;
        result.reserve(m_count);
        for (const auto &[id, value] : m_items) {
            if (value)
                result.push_back(id);
        }
        return result;
    }

    std::vector<Value> values() const
    {
        std::vector<Value> result;
        result.reserve(m_count);
        for (const auto &[id, value] : m_items) {
            if (value)
                result.push_back(*value);
        }
        return result;
    }

private:
    using Item = std::pair<SubscriberId, std::optional<Value>>; // without a value: a hole

    template <typename Items>
    static auto lowerBound(Items &items, SubscriberId id)
    {
        if (!items.empty() && items.back().first < id)
            return items.end();
        return std::ranges::lower_bound(items, id, {}, &Item::first);
    }

    std::vector<Item> m_items;
    size_t m_count = 0; // without holes
};

} // namespace Fanfare
