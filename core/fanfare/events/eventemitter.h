// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/eventlinker.h>
#include <fanfare/executors/executor.h>

#include <atomic>

#ifdef emit
#error "EventEmitter::emit() needs QT_NO_KEYWORDS: define it, and write Q_EMIT, Q_SIGNALS, Q_SLOTS"
#endif

namespace Fanfare {

struct EmitOptions
{
    EmissionId id{};                      ///< 0: the next number of this emitter
    std::chrono::nanoseconds deadline{0}; ///< of each task, from its start; 0: that of its handler
};

/// Emits events: finds who is subscribed and hands one task for each of them to an executor.
///
/// Ownership: borrows its linker and its executor, which both have to outlive it.
/// Threads: [any].
class EventEmitter
{
public:
    EventEmitter(EventLinker &linker, Executor &executor);
    EventEmitter(const EventEmitter &) = delete;
    EventEmitter &operator=(const EventEmitter &) = delete;

    /// Emits \a event with \a arguments to whoever is subscribed to it now, and returns without
    /// waiting for any handler. Without a subscriber the returned handle is empty and nothing
    /// happens, even after a shutdown. Errors: InvalidEvent, and those of Executor::submit(); a
    /// refused emission does not use up one-time subscribers.
    Result<Emission> emit(const Event &event, Arguments arguments = {},
                          const EmitOptions &options = {});

    EventLinker &linker() const { return m_linker; }
    Executor &executor() const { return m_executor; }

private:
    EventLinker &m_linker;
    Executor &m_executor;
    std::atomic<quint64> m_lastId = 0;
};

} // namespace Fanfare
