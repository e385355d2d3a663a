// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/ipc/frame.h>

#include <array>
#include <functional>
#include <mutex>
#include <thread>

namespace Fanfare {

/// Reads what the host wants on two threads, so that whoever reads a task can run it without a
/// change of threads, and the other one reads on meanwhile. The system wakes one of them for what
/// arrives, usually the one that came back last. See core/decisions/0022.
///
/// Threads: two of its own. It is never destroyed: the process ends first.
class CommandReader
{
public:
    /// \a handle takes one frame and says whether it can come from a host; only one thread is in it
    /// at a time. Then \a work is called, which may take long, and which both threads can be in.
    /// Both are borrowed; \a input is made non-blocking.
    CommandReader(int input, std::function<bool(Frame &)> handle, std::function<void()> work);

    void start();

private:
    [[noreturn]] void run();
    void wait();
    void readAll();
    void handleAll();

    const int m_input;
    const int m_arrivals; // what tells one thread that something arrived
    const std::function<bool(Frame &)> m_handle;
    const std::function<void()> m_work;
    std::mutex m_mutex;   // held while something is read, and until that is understood
    FrameReader m_frames; // guarded by m_mutex
    std::array<std::thread, 2> m_threads;
};

} // namespace Fanfare
