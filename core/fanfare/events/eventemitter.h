// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/events/emissionids.h>
#include <fanfare/events/eventlinker.h>
#include <fanfare/executors/executor.h>
#include <fanfare/sdk/eventvalue.h>

#include <utility>

#ifdef emit
#error "EventEmitter::emit() needs QT_NO_KEYWORDS: define it, and write Q_EMIT, Q_SIGNALS, Q_SLOTS"
#endif

namespace Fanfare {

struct EmitOptions
{
    EmissionId id{};                      ///< 0: a number of this emitter, see EmissionIds
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

    /// Emits \a event once for each of \a arguments, which is not empty, as one act: who is
    /// subscribed is looked up once, one-time subscribers get the first emission only, and all are
    /// accepted or none. The handle stands for all of them: its id is the first of consecutive
    /// ones, and task `k * handlers + i` is that of the i-th handler for the k-th arguments. About
    /// a tenth of the cost of single emissions. Errors: those of emit(); InvalidArgument when
    /// \a arguments is empty.
    Result<Emission> emitBatch(const Event &event, std::vector<Arguments> arguments,
                               const EmitOptions &options = {});

    /// Emits \a event, a Q_GADGET, under the name of its type. Handlers on threads that ask for the
    /// same C++ type receive this very object; all others its fields. Errors: those above;
    /// NotTransferable, naming the field, when the tasks run in other processes and a field cannot
    /// go there.
    template <EventType Type>
    Result<Emission> emit(Type event, const EmitOptions &options = {})
    {
        return emit(Event::of<Type>(), argumentsOf(std::move(event)), options);
    }

    /// Emits each of \a events, which is not empty, as one act; see above.
    template <EventType Type>
    Result<Emission> emitBatch(std::vector<Type> events, const EmitOptions &options = {})
    {
        std::vector<Arguments> arguments;
        arguments.reserve(events.size());
        for (Type &event : events)
            arguments.push_back(argumentsOf(std::move(event)));
        return emitBatch(Event::of<Type>(), std::move(arguments), options);
    }

    EventLinker &linker() const { return m_linker; }
    Executor &executor() const { return m_executor; }

private:
    Result<Emission> submit(const Event &event, Submission &submission, const EmitOptions &options);

    EventLinker &m_linker;
    Executor &m_executor;
    EmissionIds m_ids;
};

} // namespace Fanfare
