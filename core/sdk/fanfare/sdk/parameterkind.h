// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/callablesignature.h>
#include <fanfare/sdk/context.h>
#include <fanfare/sdk/eventbinding.h>
#include <fanfare/sdk/named.h>

#include <array>

namespace Fanfare::Detail {

/// Where the value of a parameter of a handler comes from.
enum class ParameterKind : quint8 {
    Context,    ///< the context of the task
    Event,      ///< the typed event
    Named,      ///< a named argument or a field
    Positional, ///< the next positional argument
    Unknown,    ///< nowhere
};

template <typename Type>
inline constexpr bool isNamed = false;

template <ArgumentName name, typename Type>
inline constexpr bool isNamed<Named<name, Type>> = true;

template <typename Type>
inline constexpr bool isOptional = false;

template <typename Type>
inline constexpr bool isOptional<std::optional<Type>> = true;

/// Whether \a Parameter can be filled with a \a Type that only this call knows.
template <typename Parameter>
inline constexpr bool isFillable =
    !std::is_lvalue_reference_v<Parameter> || std::is_const_v<std::remove_reference_t<Parameter>>;

template <typename Parameter>
constexpr ParameterKind kindOf()
{
    using Type = std::remove_cvref_t<Parameter>;
    if constexpr (std::is_same_v<Type, Context>)
        return std::is_lvalue_reference_v<Parameter> ? ParameterKind::Context
                                                     : ParameterKind::Unknown;
    else if constexpr (!isFillable<Parameter>)
        return ParameterKind::Unknown;
    else if constexpr (isNamed<Type>)
        return ParameterKind::Named;
    else if constexpr (ConvertibleValue<Type>)
        return ParameterKind::Positional;
    else if constexpr (BindableEvent<Type>)
        return ParameterKind::Event;
    else
        return ParameterKind::Unknown;
}

/// What can be said of all parameters of a handler together.
template <typename Parameters>
struct ParameterList;

template <typename... Parameter>
struct ParameterList<std::tuple<Parameter...>>
{
    static constexpr size_t count = sizeof...(Parameter);
    static constexpr std::array<ParameterKind, count> kinds{kindOf<Parameter>()...};
    static constexpr std::array<bool, count> optionals{
        isOptional<std::remove_cvref_t<Parameter>>...};

    static constexpr size_t countOf(ParameterKind kind, size_t end = count)
    {
        size_t result = 0;
        for (size_t i = 0; i < end; ++i)
            result += kinds[i] == kind;
        return result;
    }
    /// How many positional arguments come before parameter \a place.
    static constexpr size_t positionalBefore(size_t place)
    {
        return countOf(ParameterKind::Positional, place);
    }
    /// How many positional arguments there must be: all but the std::optional ones at the end.
    static constexpr size_t required()
    {
        size_t end = count;
        while (end > 0 && (kinds[end - 1] != ParameterKind::Positional || optionals[end - 1]))
            --end;
        return positionalBefore(end);
    }
    static constexpr size_t positionalCount = positionalBefore(count);
};

} // namespace Fanfare::Detail
