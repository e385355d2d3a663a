// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/events/callbacks.h>
#include <fanfare/events/event.h>
#include <fanfare/events/subscriberoptions.h>
#include <fanfare/events/subscription.h>

#include <exception>
#include <vector>

namespace Fanfare {

/// What a SubscriptionBuilder collects. Its destructor complains when run() was forgotten: a
/// warning in every build, an assertion in a debug build.
class UnfinishedSubscription
{
public:
    UnfinishedSubscription(EventLinker &linker, std::vector<Event> events);
    ~UnfinishedSubscription();
    UnfinishedSubscription(const UnfinishedSubscription &) = delete;
    UnfinishedSubscription &operator=(const UnfinishedSubscription &) = delete;

protected:
    Result<Subscription> finish();

    SubscriberOptions m_options;

private:
    EventLinker &m_linker;
    const std::vector<Event> m_events;
    const int m_exceptions = std::uncaught_exceptions();
    bool m_isFinished = false;
};

/// A subscription in words, begun by EventLinker::on() and ended by run(). All between is optional
/// and may be said in any order:
///
///     linker.on(u"OrderPlaced"_s, u"OrderChanged"_s)
///         .once()
///         .onSuccess([](int total) { ... })
///         .onFailure([](const TaskError &error) { ... })
///         .run([](const QString &customer, int count) { ... });
///
/// Nothing is subscribed before run(); an exception on the way there leaves no trace.
/// \a EventStruct is the typed event of on<EventStruct>(), void for names.
///
/// Threads: of one thread.
template <typename EventStruct = void>
class [[nodiscard]] SubscriptionBuilder final : public UnfinishedSubscription
{
public:
    using UnfinishedSubscription::UnfinishedSubscription;

    /// The first emission that reaches the subscriber takes it out of all its events.
    [[nodiscard]] SubscriptionBuilder &&once() &&
    {
        m_options.isOnce = true;
        return std::move(*this);
    }

    /// A sync handler that waits more than it computes: it runs beside the workers.
    [[nodiscard]] SubscriptionBuilder &&blocking() &&
    {
        m_options.handler.kind = HandlerKind::Blocking;
        return std::move(*this);
    }

    /// The handler may be started again when its worker dies.
    [[nodiscard]] SubscriptionBuilder &&idempotent() &&
    {
        m_options.handler.isIdempotent = true;
        return std::move(*this);
    }

    /// How long the handler may run, from its start; more than 0.
    [[nodiscard]] SubscriptionBuilder &&deadline(std::chrono::nanoseconds duration) &&
    {
        m_options.handler.deadline = duration;
        return std::move(*this);
    }

    /// Called after the handler returned, in place of the default callback of the linker: see
    /// adaptSuccessCallback().
    template <typename Callable>
    [[nodiscard]] SubscriptionBuilder &&onSuccess(Callable callback) &&
    {
        m_options.onSuccess = adaptSuccessCallback(std::move(callback));
        return std::move(*this);
    }

    /// Called when the task ended in any other way: see adaptFailureCallback().
    template <typename Callable>
    [[nodiscard]] SubscriptionBuilder &&onFailure(Callable callback) &&
    {
        m_options.onFailure = adaptFailureCallback(std::move(callback));
        return std::move(*this);
    }

    /// Subscribes \a handler, any callable as <fanfare/sdk/callable.h> says; one that returns a
    /// QCoro::Task is async. Errors: those of EventLinker::subscribe(); InvalidHandler also for a
    /// coroutine that is blocking(); InvalidArgument for a deadline below 0.
    template <typename Callable>
    Result<Subscription> run(Callable handler) &&
    {
        m_options.handler.takesObject = !Detail::takesContext<Callable>();
        if constexpr (isAsyncCallable<Callable>())
            m_options.handler.start = adaptHandler<EventStruct>(std::move(handler));
        else
            m_options.handler.run = adaptHandler<EventStruct>(std::move(handler));
        return finish();
    }
};

} // namespace Fanfare
