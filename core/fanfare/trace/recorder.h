// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/trace/tracebuffer.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace Fanfare {

class Recorder;

/// Where one worker writes what it did. Made by Recorder::addLane(), lives as long as the recorder.
///
/// Threads: span() by the one thread that owns the lane; the rest by any.
class Lane
{
public:
    const LaneInfo &info() const { return m_info; }

    /// Records a finished task. About 10 ns. [owner]
    void span(const SpanRecord &record) { m_buffer.append(record); }

    /// Records what a finished task left behind. [any, locks]
    void detail(TaskDetail detail);

private:
    friend class Recorder;
    Lane(Recorder &recorder, LaneInfo info);

    Recorder &m_recorder;
    const LaneInfo m_info;
    TraceBuffer m_buffer;
};

/// Collects spans, details and log lines of any number of executors, until somebody drains them.
/// Nothing is sent anywhere: a reader drains as often as it can use the data.
///
/// Threads: [any]; drain() by one thread at a time.
class Recorder
{
public:
    /// Details and lines kept between two drains; more are dropped and counted.
    static constexpr size_t maximumPending = 1'000'000;

    using Sampler = std::function<LiveSample()>;

    Recorder();
    ~Recorder();
    Recorder(const Recorder &) = delete;
    Recorder &operator=(const Recorder &) = delete;

    /// A new lane; its id is filled in. The reference stays valid as long as the recorder. [locks]
    Lane &addLane(LaneInfo info);

    /// Adds a line to the log. [any, locks]
    void log(LogLine line);

    /// Notes what happened to the process behind a lane. [any, locks]
    void addLaneEvent(LaneEvent event);

    /// Says where drain() gets the open tasks from; null removes it and waits until a call that is
    /// under way has returned. \a sampler may not call this recorder. [locks]
    void setSampler(Sampler sampler);

    /// All that was recorded since the last call. A task is never missing from both
    /// TraceBatch::live and the spans while it goes from one to the other, and never in both.
    TraceBatch drain()
    {
        TraceBatch batch;
        drain(batch);
        return batch;
    }

    /// The same into \a batch, whose former content is gone and whose memory is used again: at
    /// millions of spans a second that halves the cost.
    void drain(TraceBatch &batch);

private:
    friend class Lane;
    void addDetail(TaskDetail detail);

    std::mutex m_mutex;
    std::deque<std::unique_ptr<Lane>> m_lanes; // guarded by m_mutex; lanes themselves are not
    std::vector<LaneInfo> m_newLanes;          // guarded by m_mutex
    std::vector<LaneEvent> m_laneEvents;       // guarded by m_mutex
    std::vector<TaskDetail> m_details;         // guarded by m_mutex
    std::vector<LogLine> m_log;                // guarded by m_mutex
    quint64 m_droppedLines = 0;                // guarded by m_mutex
    std::mutex m_samplerMutex;                 // held while sampling
    Sampler m_sampler;                         // guarded by m_samplerMutex
};

} // namespace Fanfare
