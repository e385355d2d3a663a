// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/parameterkind.h>

namespace Fanfare::Detail {

/// Whether the parameter at \a place, if there is one, can be filled.
template <typename Callable, size_t place>
constexpr bool isKnownParameter()
{
    if constexpr (place < Signature<Callable>::count)
        return kindOf<ParameterOf<Callable, place>>() != ParameterKind::Unknown;
    return true;
}

/// Whether the parameter at \a place, if it is a typed event, is \a Event (void: any).
template <typename Event, typename Callable, size_t place>
constexpr bool isRightEvent()
{
    if constexpr (place < Signature<Callable>::count && !std::is_void_v<Event>) {
        using Parameter = ParameterOf<Callable, place>;
        return kindOf<Parameter>() != ParameterKind::Event
            || std::is_same_v<std::remove_cvref_t<Parameter>, Event>;
    }
    return true;
}

/// Refuses at compile time, with the position in the text, what parameter \a position of
/// \a Callable can never be. A static_assert takes literals only, hence the macro.
#define FANFARE_CHECK_PARAMETER(position)                                                          \
    static_assert(Fanfare::Detail::isKnownParameter<Callable, position - 1>(),                     \
                  "Parameter " #position " of this handler cannot be filled: it must be a "        \
                  "Context &, a typed event (Q_GADGET), a Named<\"key\", Type>, or a bool, "       \
                  "number, QString, QByteArray, QUrl, QDateTime, QCborValue, or a list, map or "   \
                  "std::optional of these, by value or by reference to const");                    \
    static_assert(Fanfare::Detail::isRightEvent<Event, Callable, position - 1>(),                  \
                  "Parameter " #position " of this handler is another typed event than the one "   \
                  "it is subscribed to")

template <typename Event, typename Callable>
constexpr void checkParameters()
{
    static_assert(Signature<Callable>::count <= 8, "A handler has at most 8 parameters");
    FANFARE_CHECK_PARAMETER(1);
    FANFARE_CHECK_PARAMETER(2);
    FANFARE_CHECK_PARAMETER(3);
    FANFARE_CHECK_PARAMETER(4);
    FANFARE_CHECK_PARAMETER(5);
    FANFARE_CHECK_PARAMETER(6);
    FANFARE_CHECK_PARAMETER(7);
    FANFARE_CHECK_PARAMETER(8);
}

#undef FANFARE_CHECK_PARAMETER

/// What a handler may return: nothing, a value, an event, or what becomes a value by itself.
template <typename Result>
constexpr bool isResult()
{
    using Type = std::remove_cvref_t<Result>;
    if constexpr (ConvertibleValue<Type> || BindableEvent<Type>)
        return true;
    return std::is_void_v<Type> || std::is_convertible_v<Result, QCborValue>;
}

template <typename Result>
struct ResultOf
{
    using Type = Result;
};

template <typename Result>
struct ResultOf<QCoro::Task<Result>>
{
    using Type = Result;
};

/// Refuses at compile time, each with a sentence, all that can be known of \a Callable before it
/// runs. False after a refusal: the caller then leaves out what would only repeat it.
template <typename Event, typename Callable>
constexpr bool checkHandler()
{
    static_assert(KnownSignature<Callable>,
                  "A handler needs one call operator with written types: a function, a lambda "
                  "without auto parameters, or an object with a single operator()");
    if constexpr (KnownSignature<Callable>) {
        using List = ParameterList<typename Signature<Callable>::Parameters>;
        using Result = typename ResultOf<typename Signature<Callable>::Result>::Type;
        checkParameters<Event, Callable>();
        static_assert(List::countOf(ParameterKind::Event) <= 1,
                      "Only one parameter of a handler can be the typed event");
        static_assert(isResult<Result>(),
                      "The result of this handler cannot be carried: return void, a bool, number, "
                      "QString, QCborValue, a list or map of these, a typed event, or a "
                      "QCoro::Task of one of them");
        return isResult<Result>() && List::countOf(ParameterKind::Unknown) == 0;
    }
    return false;
}

} // namespace Fanfare::Detail
