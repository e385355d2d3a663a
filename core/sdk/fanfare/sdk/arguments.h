// SPDX-License-Identifier: MIT
#pragma once

#include <QCborArray>
#include <QCborMap>

namespace Fanfare {

/// What an emission carries to every handler: positional and named values, and the fields of a
/// typed event. All three are implicitly shared, so a handler that changes its copy changes
/// nobody else's. An emission without arguments has three empty members.
struct Arguments
{
    QCborArray positional;
    QCborMap named;  ///< keys are strings
    QCborMap fields; ///< field name -> value of a typed event; empty for string events

    bool isEmpty() const { return positional.isEmpty() && named.isEmpty() && fields.isEmpty(); }
    bool operator==(const Arguments &other) const = default;
};

} // namespace Fanfare
