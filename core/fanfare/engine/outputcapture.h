// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

#include <functional>
#include <memory>
#include <string_view>

namespace Fanfare {

/// Turns what the code of this process prints into log lines of the task that printed it:
/// std::cout, std::cerr, std::clog, the stdout and stderr of C, and Qt's messages. Lines of
/// different threads are never mixed. What is printed outside of a task becomes a line of the
/// engine. write(2) to the descriptors 1 and 2 goes past this object. A coroutine is known until
/// its first suspension; behind that it says who it is with Context::print().
///
/// Threads: one object at a time in a process, made before and destroyed after all threads that
/// print; everything is [any].
class OutputCapture
{
public:
    /// \a sink gets every line, from any thread. \a wake is called by any thread when a line, or a
    /// part of one, was written; it must be quick. \a keepLastWords gets each line of standard
    /// error at once, because it may be the last one before the end.
    struct Options
    {
        std::function<void(LogLine &&)> sink;
        std::function<void()> wake;
        std::function<void(const LogLine &)> keepLastWords;
    };

    explicit OutputCapture(Options options);
    ~OutputCapture(); ///< prints to the former places again
    OutputCapture(const OutputCapture &) = delete;
    OutputCapture &operator=(const OutputCapture &) = delete;

    /// Turns text that has waited 200 ms for its line end into lines. True when some text still
    /// waits.
    bool flushStale();

    void flush(); ///< turns all text that waits for its line end into lines

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fanfare
