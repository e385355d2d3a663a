// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/arguments.h>
#include <fanfare/sdk/eventtype.h>

#include <QObject>

#include <type_traits>

namespace Fanfare::Detail {

// All that callables need to know of typed events.

/// A struct that can be the typed event of a handler.
template <typename Type>
concept BindableEvent = std::is_class_v<Type> && std::is_default_constructible_v<
                            Type> && !std::is_base_of_v<QObject, Type> && requires
{
    Type::staticMetaObject.className();
};

/// The typed event that \a arguments carry, as long as a handler uses it.
template <BindableEvent Event>
class BoundEvent
{
public:
    /// Throws std::invalid_argument naming the field when the fields do not fit.
    explicit BoundEvent(const Arguments &arguments)
        : m_event(fromFields<Event>(arguments.fields))
    {
    }
    BoundEvent(const BoundEvent &) = delete;
    BoundEvent &operator=(const BoundEvent &) = delete;

    const Event &operator*() const { return m_event; }

private:
    const Event m_event;
};

/// The fields of the typed event that \a arguments carry; empty for string events.
inline const QCborMap &eventFields(const Arguments &arguments)
{
    return arguments.fields;
}

} // namespace Fanfare::Detail
