// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/eventdescription.h>
#include <fanfare/sdk/eventname.h>
#include <fanfare/sdk/fieldreader.h>
#include <fanfare/sdk/fieldwriter.h>

namespace Fanfare {

/// Typed events are Q_GADGET structs; their properties that can be written are the fields of the
/// event.
///
///     struct FileAdded
///     {
///         Q_GADGET
///         Q_CLASSINFO("summary", "A file is there to be worked on")
///         Q_CLASSINFO("path.type", "path")
///         Q_PROPERTY(QString path MEMBER path)
///     public:
///         QString path;
///     };
///
/// Class infos refine what the properties say: `summary`, and for a field `F.type` ("path"
/// instead of "text"), `F.summary`, and for numbers `F.minimum`, `F.maximum`, `F.step`. What they
/// say of the items of a list begins with `F.items`.
///
/// In Qt 6.4 moc wants the full name of a flags type in a MEMBER property:
/// `Q_PROPERTY(Font::Styles styles MEMBER styles)`.
///
/// An exception type with Q_GADGET is an event too: what went wrong can be emitted and heard.
/// Base classes are not heard: who waits for an event gets that one and none derived from it.
///
/// Which types a field may have, and how they travel, is in HandlerPlugin::events(). Values arrive
/// exactly as they left. A field of any other type is opaque: the event works between threads of
/// one program, and is refused where it would have to leave the process.

/// The description of \a Event as HandlerPlugin::events() wants it. Defaults come from a
/// default-constructed \a Event. [any]
template <EventType Event>
QCborMap describeEvent()
{
    const QMetaObject &meta = Event::staticMetaObject;
    const Event defaults{};
    return {{QStringLiteral("name"), eventTypeName<Event>()},
            {QStringLiteral("summary"), Detail::classInfo(meta, "summary")},
            {QStringLiteral("fields"),
             Detail::FieldDescriber(eventTypeName<Event>()).fields(meta, &defaults)}};
}

/// The fields of \a event as a map, the form in which a typed event travels. Opaque fields are not
/// in it. [any]
template <EventType Event>
QCborMap toFields(const Event &event)
{
    return Detail::FieldWriter(eventTypeName<Event>()).object(Event::staticMetaObject, &event);
}

/// An \a Event made from \a fields; a missing field keeps its default. Throws
/// std::invalid_argument naming the field when a value has not the type of its field or lies
/// outside its limits, and when \a fields has a name that \a Event has not. [any]
template <EventType Event>
Event fromFields(const QCborMap &fields)
{
    Event event{};
    Detail::FieldReader(eventTypeName<Event>()).object(Event::staticMetaObject, &event, fields);
    return event;
}

} // namespace Fanfare
