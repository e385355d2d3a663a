// SPDX-License-Identifier: MIT
#pragma once

#include <QCoroTask>

#include <cstddef>
#include <tuple>
#include <type_traits>

namespace Fanfare::Detail {

template <typename Return, typename... Parameter>
struct SignatureOf
{
    using Result = Return;
    using Parameters = std::tuple<Parameter...>;
    static constexpr size_t count = sizeof...(Parameter);
};

template <typename Member>
struct CallOperator;

template <typename Class, typename Return, typename... Parameter>
struct CallOperator<Return (Class::*)(Parameter...)> : SignatureOf<Return, Parameter...>
{
};

template <typename Class, typename Return, typename... Parameter>
struct CallOperator<Return (Class::*)(Parameter...) const> : SignatureOf<Return, Parameter...>
{
};

template <typename Class, typename Return, typename... Parameter>
struct CallOperator<Return (Class::*)(Parameter...) noexcept> : SignatureOf<Return, Parameter...>
{
};

template <typename Class, typename Return, typename... Parameter>
struct CallOperator<Return (Class::*)(Parameter...) const noexcept>
    : SignatureOf<Return, Parameter...>
{
};

/// Result and parameters of a callable, where its type tells them.
template <typename Callable>
struct Signature;

template <typename Return, typename... Parameter>
struct Signature<Return (*)(Parameter...)> : SignatureOf<Return, Parameter...>
{
};

template <typename Return, typename... Parameter>
struct Signature<Return (*)(Parameter...) noexcept> : SignatureOf<Return, Parameter...>
{
};

template <typename Callable>
requires requires
{
    &Callable::operator();
}
struct Signature<Callable> : CallOperator<decltype(&Callable::operator())>
{
};

/// A function pointer, or an object with exactly one call operator that is no template.
template <typename Callable>
concept KnownSignature = requires
{
    typename Signature<Callable>::Parameters;
};

template <typename Callable, size_t index>
using ParameterOf = std::tuple_element_t<index, typename Signature<Callable>::Parameters>;

template <typename Callable, typename Result, typename... Parameter>
inline constexpr bool hasSignature = std::is_same_v<typename Signature<Callable>::Result, Result>
    &&std::is_same_v<typename Signature<Callable>::Parameters, std::tuple<Parameter...>>;

template <typename Type>
inline constexpr bool isTask = false;

template <typename Type>
inline constexpr bool isTask<QCoro::Task<Type>> = true;

/// Whether \a callable is a null function pointer or an empty std::function.
template <typename Callable>
bool isEmpty(const Callable &callable)
{
    if constexpr (std::is_constructible_v<
                      bool, const Callable &> && std::is_constructible_v<Callable, std::nullptr_t>)
        return !bool(callable);
    return false;
}

} // namespace Fanfare::Detail
