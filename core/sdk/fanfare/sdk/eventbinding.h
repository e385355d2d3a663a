// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/eventvalue.h>

namespace Fanfare::Detail {

// All that callables need to know of typed events.

/// A struct that can be the typed event of a handler.
template <typename Type>
concept BindableEvent = EventType<Type>;

/// The typed event that the arguments of a task carry, as long as a handler uses it.
template <BindableEvent Event>
using BoundEvent = ReceivedEvent<Event>;

/// The fields of the typed event that \a arguments carry; empty for string events.
inline const QCborMap &eventFields(const Arguments &arguments)
{
    return arguments.eventFields();
}

} // namespace Fanfare::Detail
