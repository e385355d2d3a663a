// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

namespace Fanfare {

/// One value for each emission. Emissions are numbered densely, so their values lie in pages:
/// 10 ns a look-up and no pause for rehashing, however long the run.
///
/// Threads: [owner].
template <typename T>
class RunEmissionTable
{
public:
    /// The value of \a emission, T() at first.
    T &operator[](EmissionId emission)
    {
        const quint64 wanted = number(emission) / pageSize;
        if (!m_latest || wanted != m_latestNumber) { // neighbors mostly share a page
            std::unique_ptr<Page> &page = m_pages[wanted];
            if (!page)
                page = std::make_unique<Page>();
            m_latest = page.get();
            m_latestNumber = wanted;
        }
        return (*m_latest)[number(emission) % pageSize];
    }

    /// The value of \a emission, T() when none was ever set.
    T value(EmissionId emission) const
    {
        const auto page = m_pages.find(number(emission) / pageSize);
        return page == m_pages.end() ? T() : (*page->second)[number(emission) % pageSize];
    }

    void clear()
    {
        m_pages.clear();
        m_latest = nullptr;
    }

    /// Forgets pages all of whose values are \a forgettable, in favor of T().
    template <typename Predicate>
    void forget(Predicate forgettable)
    {
        m_latest = nullptr;
        std::erase_if(m_pages, [&](const auto &page) {
            return std::all_of(page.second->begin(), page.second->end(), forgettable);
        });
    }

private:
    static constexpr quint64 pageSize = 1024;
    using Page = std::array<T, pageSize>;

    std::unordered_map<quint64, std::unique_ptr<Page>> m_pages;
    Page *m_latest = nullptr;
    quint64 m_latestNumber = 0;
};

} // namespace Fanfare
