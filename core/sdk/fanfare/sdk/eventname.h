// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>
#include <QObject>
#include <QString>

#include <exception>
#include <type_traits>

namespace Fanfare {

/// A class that can be emitted: it says Q_GADGET itself, a base class that does is not enough.
template <typename Type>
concept EventType = std::is_class_v<Type> && bool(QtPrivate::IsGadgetHelper<Type>::IsRealGadget);

/// An EventType that is thrown as well.
template <typename Type>
concept ErrorEventType = EventType<Type> && std::is_base_of_v<std::exception, Type>;

/// The name of the event type \a Event: its class name without namespaces. Two types of one name
/// are one event. [any]
template <EventType Event>
QString eventTypeName()
{
    static const QString name =
        QString::fromLatin1(Event::staticMetaObject.className()).section(QLatin1String("::"), -1);
    return name;
}

} // namespace Fanfare
