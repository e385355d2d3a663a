// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <mutex>
#include <thread>

namespace Fanfare {

/// Waits for some nanoseconds without giving the processor away.
inline void pauseBriefly()
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/// A mutex for what takes some nanoseconds and is hardly ever contended: half the price of
/// std::mutex. Whoever waits for long, because the owner lost its processor, gives its own away.
class BriefMutex
{
public:
    void lock()
    {
        for (int tries = 0; !try_lock(); ++tries) {
            if (tries < 100)
                pauseBriefly();
            else
                std::this_thread::yield();
        }
    }
    bool try_lock() { return !m_isLocked.exchange(true, std::memory_order_acquire); }
    void unlock() { m_isLocked.store(false, std::memory_order_release); }

private:
    std::atomic<bool> m_isLocked = false;
};

/// Locks \a mutex, which everybody holds for a moment only: so it is worth a few tries before the
/// kernel is asked. [blocks]
inline std::unique_lock<std::mutex> lockBriefly(std::mutex &mutex)
{
    std::unique_lock lock(mutex, std::defer_lock);
    for (int tries = 0; tries < 100; ++tries) {
        if (lock.try_lock())
            return lock;
        pauseBriefly();
    }
    lock.lock();
    return lock;
}

} // namespace Fanfare
