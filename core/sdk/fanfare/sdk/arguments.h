// SPDX-License-Identifier: MIT
#pragma once

#include <QCborArray>
#include <QCborMap>
#include <QString>

#include <memory>

namespace Fanfare {

/// A typed event inside the process that emitted it: the object, and how it leaves the process.
///
/// Threads: [any].
class EventValue
{
public:
    virtual ~EventValue() = default;

    /// The object, when its class is the very one \a type describes; else null. A class of the same
    /// name in another library is another class. Owned by this value.
    virtual const void *object(const QMetaObject &type) const = 0;

    /// The fields that have a CBOR form; made when first asked for.
    virtual const QCborMap &fields() const = 0;

    /// Why fields() would not be the same event in another process, in a sentence that names the
    /// field and its type; empty when it would.
    virtual QString transferProblem() const = 0;
};

/// What an emission carries to every handler: positional and named values, and a typed event. All
/// are implicitly shared, so a handler that changes its copy changes nobody else's. An emission
/// without arguments has only empty members.
struct Arguments
{
    QCborArray positional;
    QCborMap named;  ///< keys are strings
    QCborMap fields; ///< field name -> value of a typed event; empty for string events
    std::shared_ptr<const EventValue> value = {}; ///< null when the event came as fields

    bool isEmpty() const
    {
        return !value && positional.isEmpty() && named.isEmpty() && fields.isEmpty();
    }

    /// The fields of the typed event, however it came; what crosses borders.
    const QCborMap &eventFields() const { return value ? value->fields() : fields; }

    bool operator==(const Arguments &other) const
    {
        return positional == other.positional && named == other.named
            && eventFields() == other.eventFields();
    }
};

} // namespace Fanfare
