// SPDX-License-Identifier: MIT
#pragma once

#include <fanfare/base/result.h>
#include <fanfare/engine/facts.h>

#include <QString>

namespace Fanfare {

/// The largest payload an emission may carry, in bytes: as text that is typed, and as CBOR.
inline constexpr qsizetype maximumPayload = 16 * 1024 * 1024;

/// What \a text means as the arguments of \a event: an array is positional, an object is named,
/// or the fields of a typed event; nothing at all is no arguments. \a event may be null for an
/// event that no plugin declares. An error is one translated sentence for the user.
Result<Arguments> argumentsFromJson(const QString &text, const EventFact *event);

/// The JSON value in \a text; an error names line and column.
Result<QCborValue> valueFromJson(const QString &text);

/// \a value as \a field wants it; the error is one translated sentence that names the path.
Result<QCborValue> checkedValue(const FieldFact &field, const QCborValue &value);

/// Refuses arguments that are larger than an emission may carry.
Result<void> checkPayload(const Arguments &arguments);

/// A JSON text with the defaults of the fields of \a event, to start typing from.
QString jsonTemplate(const EventFact &event);

/// \a value as JSON for reading: indented when it is a list or a map, plain text as it is.
QString readableJson(const QCborValue &value);

/// \a value as one line of JSON; empty when it is undefined.
QString compactJson(const QCborValue &value);

} // namespace Fanfare
