// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/argumentbinding.h>
#include <fanfare/sdk/handlercheck.h>

#include <functional>
#include <memory>

namespace Fanfare {

// Any callable can be a handler. Its parameters say what it wants, in any order:
//
//     []                                                  nothing: it does not look at arguments
//     [](Context &context)                                the context of the task
//     [](const QString &name, int count)                  the positional arguments, by type
//     [](int first, std::optional<int> second)            the last ones may be missing
//     [](Named<"path", QString> path)                     a named argument, or a field
//     [](const OrderPlaced &order, Context &context)      the typed event
//
// Subscribed to a typed event, positional parameters are its fields in the order in which they
// are declared, unless the event itself is a parameter.
//
// It returns its result, or void for none: a bool, number, QString, QCborValue, list, map, typed
// event. One that returns QCoro::Task<Result> is an async handler; references to const that it
// takes stay valid until it ends.
//
// A wrong number of arguments or one of a wrong type fails the task with a sentence that names its
// position and both types. What can never fit is refused by the compiler.

/// Whether \a Callable is an async handler. [any]
template <typename Callable>
constexpr bool isAsyncCallable()
{
    if constexpr (Detail::KnownSignature<Callable>)
        return Detail::isTask<typename Detail::Signature<Callable>::Result>;
    return false;
}

namespace Detail {

template <typename Result>
QCborValue toCborValue(Result &&result)
{
    using Type = std::remove_cvref_t<Result>;
    if constexpr (ConvertibleValue<Type>)
        return ValueConversion<Type>::to(result);
    else if constexpr (BindableEvent<Type>)
        return toFields(result);
    else
        return std::forward<Result>(result);
}

template <typename Event, typename Callable>
auto bind(Context &context)
{
    using Parameters = typename Signature<Callable>::Parameters;
    using List = ParameterList<Parameters>;
    ArgumentSource source(context);
    if constexpr (!std::is_void_v<Event> && List::countOf(ParameterKind::Event) == 0
                  && List::positionalCount > 0)
        source.template useFieldsOf<Event>();
    source.checkCount(List::required(), List::positionalCount);
    return Bindings<Parameters>(source);
}

template <typename Event, typename Callable>
QCborValue callSync(Callable &callable, Context &context)
{
    auto bindings = bind<Event, Callable>(context);
    if constexpr (std::is_void_v<typename Signature<Callable>::Result>) {
        bindings.call(callable);
        return {};
    } else {
        return toCborValue(bindings.call(callable));
    }
}

/// A coroutine of its own, because what \a callable refers to has to live in a frame that lasts.
template <typename Event, typename Callable>
QCoro::Task<QCborValue> callAsync(Callable &callable, Context &context)
{
    using Result = typename ResultOf<typename Signature<Callable>::Result>::Type;
    auto bindings = bind<Event, Callable>(context);
    const QCoro::Task<Result> task = bindings.call(callable);
    if constexpr (std::is_void_v<Result>) {
        co_await task;
        co_return QCborValue();
    } else {
        Result result = co_await task;
        co_return toCborValue(std::move(result));
    }
}

/// Shared, because a std::function is copied and a callable may be movable only.
template <typename Event, typename Callable>
auto adapted(std::shared_ptr<Callable> callable)
{
    if constexpr (isAsyncCallable<Callable>()) {
        return std::function<QCoro::Task<QCborValue>(Context &)>(
            [callable](Context &context) { return callAsync<Event>(*callable, context); });
    } else {
        return std::function<QCborValue(Context &)>(
            [callable](Context &context) { return callSync<Event>(*callable, context); });
    }
}

} // namespace Detail

/// \a callable as the handler of a typed \a Event, or of names when \a Event is void: a function
/// of a Context that returns QCborValue, or QCoro::Task<QCborValue> when isAsyncCallable(). That
/// function has to live as long as its calls. An empty \a callable gives an empty function.
/// [any]
template <typename Event = void, typename Callable>
auto adaptHandler(Callable callable)
{
    using Result =
        std::conditional_t<isAsyncCallable<Callable>(), QCoro::Task<QCborValue>, QCborValue>;
    using Function = std::function<Result(Context &)>;
    if constexpr (Detail::checkHandler<Event, Callable>()) {
        if (Detail::isEmpty(callable))
            return Function();
        if constexpr (Detail::hasSignature<Callable, Result, Context &>)
            return Function(std::move(callable));
        else
            return Detail::adapted<Event>(std::make_shared<Callable>(std::move(callable)));
    } else {
        return Function();
    }
}

} // namespace Fanfare
