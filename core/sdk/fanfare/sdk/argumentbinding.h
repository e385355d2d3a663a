// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/argumentsource.h>

namespace Fanfare::Detail {

/// Holds what one parameter of one call refers to. \a place tells parameters of one type apart.
template <size_t place, size_t position, typename Parameter, ParameterKind = kindOf<Parameter>()>
class Binding;

template <size_t place, size_t position, typename Parameter>
class Binding<place, position, Parameter, ParameterKind::Context>
{
public:
    explicit Binding(const ArgumentSource &source)
        : m_context(source.context())
    {
    }
    Parameter pass() { return m_context; }

private:
    Context &m_context;
};

template <size_t place, size_t position, typename Parameter>
class Binding<place, position, Parameter, ParameterKind::Event>
{
    using Event = std::remove_cvref_t<Parameter>;

public:
    explicit Binding(const ArgumentSource &source)
        : m_event(source.context().arguments())
    {
    }
    /// The event itself for a reference to const, else a copy.
    std::conditional_t<std::is_lvalue_reference_v<Parameter>, const Event &, Event> pass()
    {
        return *m_event;
    }

private:
    BoundEvent<Event> m_event;
};

template <size_t place, size_t position, typename Parameter>
class Binding<place, position, Parameter, ParameterKind::Named>
{
    using Type = std::remove_cvref_t<Parameter>;

public:
    explicit Binding(const ArgumentSource &source)
        : m_value(source.named<typename Type::Value>(Type::key()))
    {
    }
    Parameter pass() { return static_cast<Parameter &&>(m_value); }

private:
    Type m_value;
};

template <size_t place, size_t position, typename Parameter>
class Binding<place, position, Parameter, ParameterKind::Positional>
{
    using Type = std::remove_cvref_t<Parameter>;

public:
    explicit Binding(const ArgumentSource &source)
        : m_value(source.positional<Type>(position))
    {
    }
    Parameter pass() { return static_cast<Parameter &&>(m_value); }

private:
    Type m_value;
};

/// All parameters of one call, read from first to last, so that the first that does not fit is
/// the one that is named. References that are passed are valid as long as this.
template <typename Parameters, typename = std::make_index_sequence<std::tuple_size_v<Parameters>>>
class Bindings;

template <typename... Parameter, size_t... place>
class Bindings<std::tuple<Parameter...>, std::index_sequence<place...>>
    : private Binding<place, ParameterList<std::tuple<Parameter...>>::positionalBefore(place),
                      Parameter>...
{
    using List = ParameterList<std::tuple<Parameter...>>;

public:
    explicit Bindings([[maybe_unused]] const ArgumentSource &source)
        : Binding<place, List::positionalBefore(place), Parameter>(source)...
    {
    }
    Bindings(const Bindings &) = delete;
    Bindings &operator=(const Bindings &) = delete;

    template <typename Callable>
    decltype(auto) call(Callable &callable)
    {
        return callable(Binding<place, List::positionalBefore(place), Parameter>::pass()...);
    }
};

} // namespace Fanfare::Detail
