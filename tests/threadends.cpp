// SPDX-License-Identifier: MIT
// Part of every program that is built with AddressSanitizer. QThread::wait() returns while the
// thread still takes its thread-local data down (Qt 6.4 detaches its threads), so at the end of a
// program LeakSanitizer may see 152 bytes of Qt's that nothing points to any more. It looks after
// this has waited.
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iterator>

namespace {

bool isOnlyThread()
{
    std::error_code error;
    const std::filesystem::directory_iterator threads("/proc/self/task", error);
    return error || std::distance(begin(threads), end(threads)) <= 1;
}

/// Waits up to 1 s: a thread that never ends is no leak of what it still points to.
void waitForThreads()
{
    for (int i = 0; i < 1000 && !isOnlyThread(); ++i) {
        const timespec pause{0, 1'000'000};
        nanosleep(&pause, nullptr);
    }
}

[[maybe_unused]] const int registered = std::atexit(&waitForThreads);

} // namespace
