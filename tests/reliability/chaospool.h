// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventemitter.h>
#include <fanfare/processes/processpoolexecutor.h>

#include <array>

/// A pool with the handler "chaos", and what it told.
class ChaosPool
{
public:
    explicit ChaosPool(Fanfare::ProcessPoolOptions options = {},
                       std::chrono::nanoseconds deadline = {});

    bool emitKind(const QString &kind);
    bool waitUntilIdle(std::chrono::nanoseconds timeout);
    void countOnly(); ///< from now on keeps no spans and no details, only their number
    void drain();     ///< takes what was recorded; waitUntilIdle() does, too

    quint64 count(Fanfare::Outcome outcome) const { return m_counts[size_t(outcome)]; }
    quint64 ended() const { return m_ended; }

    std::vector<Fanfare::SpanRecord> spans;
    std::vector<Fanfare::TaskDetail> details;
    std::vector<Fanfare::LaneEvent> laneEvents;

private:
    Fanfare::Recorder m_recorder;
    Fanfare::EventLinker m_linker;
    std::unique_ptr<Fanfare::ProcessPoolExecutor> m_executor;
    std::unique_ptr<Fanfare::EventEmitter> m_emitter;
    std::array<quint64, Fanfare::outcomeCount> m_counts{};
    quint64 m_ended = 0;
    bool m_isCountingOnly = false;
};

/// Memory of this process, in KiB.
qint64 ownMemory();
