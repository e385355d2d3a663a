// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/executors/callbackcoroutine.h>
#include <fanfare/executors/subscriber.h>
#include <fanfare/sdk/callable.h>

namespace Fanfare {

namespace Detail {

/// What a success callback gets for a parameter: the context, or the result as that type.
template <typename Parameter>
decltype(auto) successArgument([[maybe_unused]] Context &context,
                               [[maybe_unused]] const QCborValue &result)
{
    using Type = std::remove_cvref_t<Parameter>;
    if constexpr (kindOf<Parameter>() == ParameterKind::Context)
        return (context);
    else if constexpr (kindOf<Parameter>() == ParameterKind::Event)
        return fromFields<Type>(result.toMap());
    else
        return converted<Type>(result, QStringLiteral("The result"));
}

template <typename Callable, size_t place>
constexpr bool isSuccessParameter()
{
    if constexpr (place < Signature<Callable>::count) {
        constexpr ParameterKind kind = kindOf<ParameterOf<Callable, place>>();
        return kind != ParameterKind::Unknown && kind != ParameterKind::Named;
    }
    return true;
}

/// Whether \a Callable sees the context, and with it all that the arguments are made of.
template <typename Callable>
constexpr bool takesContext()
{
    if constexpr (KnownSignature<Callable>)
        return ParameterList<typename Signature<Callable>::Parameters>::countOf(
                   ParameterKind::Context)
            > 0;
    return true;
}

template <typename Callable, size_t place>
constexpr bool isFailureParameter()
{
    if constexpr (place < Signature<Callable>::count) {
        using Parameter = ParameterOf<Callable, place>;
        using Type = std::remove_cvref_t<Parameter>;
        if constexpr (std::is_same_v<Type, Outcome> || std::is_same_v<Type, TaskError>)
            return isFillable<Parameter>;
        return kindOf<Parameter>() == ParameterKind::Context;
    }
    return true;
}

/// What a failure callback gets for a parameter.
template <typename Parameter>
decltype(auto) failureArgument([[maybe_unused]] Context &context, [[maybe_unused]] Outcome outcome,
                               [[maybe_unused]] const TaskError &error)
{
    using Type = std::remove_cvref_t<Parameter>;
    if constexpr (std::is_same_v<Type, Context>)
        return (context);
    else if constexpr (std::is_same_v<Type, Outcome>)
        return Outcome(outcome);
    else
        return TaskError(error);
}

template <typename Callable>
constexpr bool checkCallback()
{
    static_assert(KnownSignature<Callable>,
                  "A callback needs one call operator with written types: a function, a lambda "
                  "without auto parameters, or an object with a single operator()");
    return KnownSignature<Callable>;
}

template <typename Callable>
constexpr bool checkSuccessCallback()
{
    if constexpr (checkCallback<Callable>()) {
        static_assert(Signature<Callable>::count <= 2,
                      "A success callback takes at most a Context & and the result");
        static_assert(isSuccessParameter<Callable, 0>(),
                      "Parameter 1 of this success callback must be a Context & or the result, by "
                      "value or by reference to const");
        static_assert(isSuccessParameter<Callable, 1>(),
                      "Parameter 2 of this success callback must be a Context & or the result, by "
                      "value or by reference to const");
        return isSuccessParameter<Callable, 0>() && isSuccessParameter<Callable, 1>();
    }
    return false;
}

template <typename Callable>
constexpr bool checkFailureCallback()
{
    if constexpr (checkCallback<Callable>()) {
        static_assert(Signature<Callable>::count <= 3,
                      "A failure callback takes at most a Context &, an Outcome and a TaskError");
        static_assert(isFailureParameter<Callable, 0>(),
                      "Parameter 1 of this failure callback must be a Context &, an Outcome or a "
                      "const TaskError &");
        static_assert(isFailureParameter<Callable, 1>(),
                      "Parameter 2 of this failure callback must be a Context &, an Outcome or a "
                      "const TaskError &");
        static_assert(isFailureParameter<Callable, 2>(),
                      "Parameter 3 of this failure callback must be a Context &, an Outcome or a "
                      "const TaskError &");
        return isFailureParameter<Callable, 0>() && isFailureParameter<Callable, 1>()
            && isFailureParameter<Callable, 2>();
    }
    return false;
}

/// A coroutine of its own, because what \a callable refers to has to live in a frame that lasts.
template <typename Callable, typename... Parameter>
QCoro::Task<void> awaitSuccess(std::shared_ptr<Callable> callable, Context &context,
                               QCborValue result)
{
    std::tuple<decltype(successArgument<Parameter>(context, result))...> values(
        successArgument<Parameter>(context, result)...);
    const auto work = std::apply(*callable, std::move(values)); // values outlive it
    co_await work;
}

template <typename Callable, typename... Parameter>
SuccessCallback successCallback(Callable callable, std::tuple<Parameter...> *)
{
    const auto shared = std::make_shared<Callable>(std::move(callable));
    if constexpr (isAsyncCallable<Callable>()) {
        return [shared](Context &context, const QCborValue &result) {
            continueCallback(context, [shared, result](Context &later) {
                return awaitSuccess<Callable, Parameter...>(shared, later, result);
            });
        };
    } else {
        return
            [shared]([[maybe_unused]] Context &context, [[maybe_unused]] const QCborValue &result) {
                (*shared)(successArgument<Parameter>(context, result)...);
            };
    }
}

template <typename Callable, typename... Parameter>
QCoro::Task<void> awaitFailure(std::shared_ptr<Callable> callable, Context &context,
                               Outcome outcome, TaskError error)
{
    std::tuple<decltype(failureArgument<Parameter>(context, outcome, error))...> values(
        failureArgument<Parameter>(context, outcome, error)...);
    const auto work = std::apply(*callable, std::move(values)); // values outlive it
    co_await work;
}

template <typename Callable, typename... Parameter>
FailureCallback failureCallback(Callable callable, std::tuple<Parameter...> *)
{
    const auto shared = std::make_shared<Callable>(std::move(callable));
    if constexpr (isAsyncCallable<Callable>()) {
        return [shared](Context &context, Outcome outcome, const TaskError &error) {
            continueCallback(context, [shared, outcome, error](Context &later) {
                return awaitFailure<Callable, Parameter...>(shared, later, outcome, error);
            });
        };
    } else {
        return [shared]([[maybe_unused]] Context &context, [[maybe_unused]] Outcome outcome,
                        [[maybe_unused]] const TaskError &error) {
            (*shared)(failureArgument<Parameter>(context, outcome, error)...);
        };
    }
}

} // namespace Detail

/// \a callable as a success callback. It takes nothing, the result as any type that handlers can
/// return, the Context &, or both. A result of another type is an error of the callback, which is
/// logged. It may be a coroutine: the task ends when that has ended, and occupies no worker until
/// then. An empty \a callable gives an empty callback.
template <typename Callable>
SuccessCallback adaptSuccessCallback(Callable callable)
{
    if constexpr (Detail::checkSuccessCallback<Callable>()) {
        using Parameters = typename Detail::Signature<Callable>::Parameters;
        if (!Detail::isEmpty(callable))
            return Detail::successCallback(std::move(callable), static_cast<Parameters *>(nullptr));
    }
    return {};
}

/// \a callable as a failure callback. It takes any of Context &, Outcome and const TaskError &, in
/// any order, or nothing. It may be a coroutine, as above. An empty \a callable gives an empty
/// callback.
template <typename Callable>
FailureCallback adaptFailureCallback(Callable callable)
{
    if constexpr (Detail::checkFailureCallback<Callable>()) {
        using Parameters = typename Detail::Signature<Callable>::Parameters;
        if (!Detail::isEmpty(callable))
            return Detail::failureCallback(std::move(callable), static_cast<Parameters *>(nullptr));
    }
    return {};
}

} // namespace Fanfare
