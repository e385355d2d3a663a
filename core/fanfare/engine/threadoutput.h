// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/records.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace Fanfare {

enum class OutputStream : quint8 { Out, Error };
inline constexpr size_t outputStreamCount = 2;

/// Receives whole lines. [any]
using LineSink = std::function<void(OutputStream, LogLine &&)>;

/// The beginning of a line that one thread prints to one stream.
///
/// Threads: [any, locks].
class PartialLine
{
public:
    PartialLine(OutputStream stream, LineSink sink);
    ~PartialLine(); ///< what waits becomes a line

    /// Adds \a text as printed by the current task of the calling thread. True when the last
    /// line of it has no end yet.
    bool write(std::string_view text);

    /// What has waited since before \a time becomes a line. True when something still waits.
    bool flushOlderThan(qint64 time);

private:
    void endLine(); // needs m_mutex

    const OutputStream m_stream;
    const LineSink m_sink;
    std::mutex m_mutex;
    std::string m_text; // guarded by m_mutex, as the rest
    TaskId m_task;
    SubscriberId m_subscriber{};
    qint64 m_since = 0;
};

/// The partial lines of all threads that print. Each thread has its own, which end with it.
///
/// Threads: [any, locks].
class ThreadOutput
{
public:
    explicit ThreadOutput(LineSink sink);

    bool write(OutputStream stream, std::string_view text); ///< see PartialLine
    bool flushOlderThan(qint64 time);

private:
    struct Lines;
    Lines &linesOfThread();

    const LineSink m_sink;
    const quint64 m_serial; // unlike an address, never used again
    std::mutex m_mutex;
    std::vector<std::weak_ptr<Lines>> m_lines; // guarded by m_mutex
};

/// The current task of the calling thread, as far as the output of it is concerned.
LogLine lineOfCurrentTask();

} // namespace Fanfare
