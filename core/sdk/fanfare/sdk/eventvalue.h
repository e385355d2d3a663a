// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/arguments.h>
#include <fanfare/sdk/eventtype.h>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace Fanfare {

namespace Detail {

template <EventType Event>
class TypedEventValue final : public EventValue
{
public:
    explicit TypedEventValue(Event event)
        : m_event(std::move(event))
    {
    }

    const void *object(const QMetaObject &type) const override
    {
        return &type == &Event::staticMetaObject ? &m_event : nullptr;
    }
    const QCborMap &fields() const override
    {
        write();
        return m_fields;
    }
    QString transferProblem() const override
    {
        write();
        return m_problem;
    }

private:
    void write() const
    {
        std::call_once(m_isWritten, [this] {
            FieldWriter writer(eventTypeName<Event>());
            m_fields = writer.object(Event::staticMetaObject, &m_event);
            m_problem = writer.problem();
        });
    }

    const Event m_event;
    mutable std::once_flag m_isWritten; ///< guards the two below
    mutable QCborMap m_fields;
    mutable QString m_problem;
};

} // namespace Detail

/// The arguments of an emission of \a event: the object itself, which handlers on threads receive
/// as it is. [any]
template <EventType Event>
Arguments argumentsOf(Event event)
{
    Arguments arguments;
    arguments.value = std::make_shared<const Detail::TypedEventValue<Event>>(std::move(event));
    return arguments;
}

/// A typed event as a handler receives it: the very object that was emitted when it is in this
/// process and of the same C++ type, else one that is made of the fields. Valid as long as the
/// arguments are.
///
/// Threads: [any].
template <EventType Event>
class ReceivedEvent
{
public:
    /// Throws as fromFields() does when the fields do not fit.
    explicit ReceivedEvent(const Arguments &arguments)
    {
        if (arguments.value)
            m_event = static_cast<const Event *>(arguments.value->object(Event::staticMetaObject));
        if (!m_event)
            m_event = &m_made.emplace(fromFields<Event>(arguments.eventFields()));
    }
    ReceivedEvent(const ReceivedEvent &) = delete;
    ReceivedEvent &operator=(const ReceivedEvent &) = delete;

    const Event &operator*() const { return *m_event; }
    const Event *operator->() const { return m_event; }

private:
    const Event *m_event = nullptr;
    std::optional<Event> m_made;
};

} // namespace Fanfare
