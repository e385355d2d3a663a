// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/sdk/arguments.h>

#include <QCborValue>

namespace Fanfare {

/// Arguments as an array of three: positional, named, fields. [any]
inline QCborValue toCbor(const Arguments &arguments)
{
    return QCborArray{arguments.positional, arguments.named, arguments.eventFields()};
}

/// The reverse; what is missing or of another type is empty. [any]
inline Arguments argumentsFromCbor(const QCborValue &value)
{
    const QCborArray parts = value.toArray();
    return {parts.at(0).toArray(), parts.at(1).toMap(), parts.at(2).toMap()};
}

} // namespace Fanfare
