// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventemitter.h>
#include <fanfare/processes/processpoolexecutor.h>

#include <thread>

namespace Fanfare::Bench {

/// A process pool with handlers that do nothing and that send back what they get. Everything is
/// recorded, and the records are drained 60 times a second, as an application does.
class ProcessRun
{
public:
    explicit ProcessRun(int workers);
    ~ProcessRun();

    void warmUp(quint64 tasks); ///< so that all workers are there and know the handlers

    /// Seconds for \a count tasks that do nothing. Ends the program when the account is not exact.
    double secondsForNothing(quint64 count);
    /// Seconds for \a count tasks that send \a size bytes there and back, \a window at a time.
    double secondsForEcho(quint64 count, qsizetype size, int window);
    /// Microseconds of \a count single tasks, one after the other.
    std::vector<double> roundTrips(quint64 count);

private:
    void drain(std::stop_token stop);
    void checkAccount(quint64 count);

    const Event m_nothing{QStringLiteral("nothing")};
    const Event m_echo{QStringLiteral("echo")};
    std::function<void(qsizetype)> m_echoed; // bytes that came back; on the callback thread
    Recorder m_recorder;
    EventLinker m_linker;
    ProcessPoolExecutor m_executor;
    EventEmitter m_emitter;
    std::atomic<quint64> m_recorded = 0;
    std::atomic<quint64> m_succeeded = 0;
    std::jthread m_drainer; // last: it uses the recorder
};

/// Memory of the child processes of this one, in MiB, on average: {resident, proportional share}.
std::vector<double> memoryOfChildren();

} // namespace Fanfare::Bench
