// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace Fanfare {

/// Has the kernel clear memory before somebody needs it, in a thread of its own: the first touch of
/// a huge page takes 0.1 to 2 ms in a virtual machine. Memory that is not ready in time, or on a
/// kernel before 5.14, costs its user what it would have cost anyway.
///
/// Threads: [owner].
class PageToucher
{
public:
    PageToucher();
    ~PageToucher(); ///< blocks until the huge page in hand is done

    /// \a bytes from \a begin, whole pages, will be written to. They stay mapped for the life of
    /// this.
    void touch(std::byte *begin, size_t bytes);

private:
    struct Range
    {
        std::byte *begin = nullptr;
        size_t bytes = 0;
    };

    void run(const std::stop_token &stop);

    std::mutex m_mutex;
    std::condition_variable_any m_hasMore;
    std::vector<Range> m_ranges; ///< guarded by m_mutex
    std::jthread m_thread;       ///< the last: it uses all the others
};

} // namespace Fanfare
