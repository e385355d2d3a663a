// SPDX-License-Identifier: MIT
#include "fanfare/engine/threadoutput.h"

#include <fanfare/base/clock.h>
#include <fanfare/executors/currenttask.h>

#include <algorithm>
#include <array>
#include <atomic>

namespace Fanfare {

static constexpr size_t maximumLine = 8192; ///< bytes; longer text is several lines

LogLine lineOfCurrentTask()
{
    LogLine line;
    line.time = MonotonicClock::now();
    line.level = LogLevel::Printed;
    if (const Context *context = currentContext())
        line.task = {EmissionId(context->emissionId()), quint16(context->taskIndex())};
    if (const FlightSlot *slot = currentFlightSlot()) {
        if (const auto open = slot->read())
            line.subscriber = open->subscriber;
    }
    return line;
}

PartialLine::PartialLine(OutputStream stream, LineSink sink)
    : m_stream(stream)
    , m_sink(std::move(sink))
{
}

PartialLine::~PartialLine()
{
    flushOlderThan(MonotonicClock::now());
}

bool PartialLine::write(std::string_view text)
{
    const LogLine current = lineOfCurrentTask();
    std::lock_guard lock(m_mutex);
    if (!m_text.empty() && m_task != current.task)
        endLine();
    m_task = current.task;
    m_subscriber = current.subscriber;
    while (!text.empty()) {
        if (m_text.empty())
            m_since = current.time;
        const size_t lineEnd = text.find('\n');
        const size_t count = std::min({lineEnd, text.size(), maximumLine - m_text.size()});
        m_text.append(text.substr(0, count));
        text.remove_prefix(count);
        if (count == lineEnd)
            text.remove_prefix(1);
        if (count == lineEnd || m_text.size() == maximumLine)
            endLine();
    }
    return !m_text.empty();
}

void PartialLine::endLine()
{
    LogLine line;
    line.time = m_since;
    line.task = m_task;
    line.subscriber = m_subscriber;
    line.level = LogLevel::Printed;
    line.text = QString::fromUtf8(m_text.data(), qsizetype(m_text.size()));
    m_text.clear();
    m_sink(m_stream, std::move(line));
}

bool PartialLine::flushOlderThan(qint64 time)
{
    std::lock_guard lock(m_mutex);
    if (!m_text.empty() && m_since <= time)
        endLine();
    return !m_text.empty();
}

/// Owned by its thread.
struct ThreadOutput::Lines
{
    explicit Lines(const LineSink &sink)
        : streams{PartialLine(OutputStream::Out, sink), PartialLine(OutputStream::Error, sink)}
    {
    }
    std::array<PartialLine, outputStreamCount> streams;
};

static quint64 nextSerial()
{
    static std::atomic<quint64> last = 0;
    return ++last;
}

ThreadOutput::ThreadOutput(LineSink sink)
    : m_sink(std::move(sink))
    , m_serial(nextSerial())
{
}

ThreadOutput::Lines &ThreadOutput::linesOfThread()
{
    struct Mine
    {
        quint64 owner = 0;
        std::shared_ptr<Lines> lines;
    };
    thread_local Mine mine;
    if (mine.owner != m_serial) { // the first time, or another object than the last time
        mine.lines = std::make_shared<Lines>(m_sink);
        mine.owner = m_serial;
        std::lock_guard lock(m_mutex);
        std::erase_if(m_lines, [](const auto &lines) { return lines.expired(); });
        m_lines.push_back(mine.lines);
    }
    return *mine.lines;
}

bool ThreadOutput::write(OutputStream stream, std::string_view text)
{
    return linesOfThread().streams[size_t(stream)].write(text);
}

bool ThreadOutput::flushOlderThan(qint64 time)
{
    std::vector<std::shared_ptr<Lines>> all;
    {
        std::lock_guard lock(m_mutex);
        for (const auto &weak : m_lines) {
            if (auto lines = weak.lock())
                all.push_back(std::move(lines));
        }
    }
    bool isWaiting = false;
    for (const auto &lines : all) {
        for (PartialLine &line : lines->streams)
            isWaiting |= line.flushOlderThan(time);
    }
    return isWaiting;
}

} // namespace Fanfare
